# The base is an output of the user's already.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul = torch.ops.aten.mul.Tensor(a, 3)
        view = torch.ops.aten.view.default(mul, [-1])
        return (mul, view, mul)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(a, 3);  a = None
        view: "f32[4]" = torch.ops.aten.view.default(mul, [-1])
        return (mul, view, mul)
