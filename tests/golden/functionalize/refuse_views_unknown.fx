# A view that is no input.
# run: infer views=a:x:0,c:x:0
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2]"):
        add_: "f32[2]" = torch.ops.aten.add_.Tensor(a, 1)
        return (add_,)
# expect error:
c is no view of x: the program has no such input
