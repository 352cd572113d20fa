# A view whose sizes are no numbers.
# run: infer views=a:x:0,b:x:0
class GraphModule(torch.nn.Module):
    def forward(self, s77: "Sym(s77)", a: "f32[s77]", b: "f32[2]"):
        add_: "f32[s77]" = torch.ops.aten.add_.Tensor(a, 1)
        return (add_, b)
# expect error:
input a is said to be a view of x: it must be a tensor whose sizes are numbers
