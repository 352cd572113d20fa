# An input that is said to be a view twice.
# run: infer views=a:x:0,a:y:0
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2]"):
        add_: "f32[2]" = torch.ops.aten.add_.Tensor(a, 1)
        return (add_,)
# expect error:
input a is said to be a view of a storage twice
