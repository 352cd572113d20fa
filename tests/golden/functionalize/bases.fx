# Outputs that share an intermediate get its base as one more output.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul = torch.ops.aten.mul.Tensor(a, 3)
        view = torch.ops.aten.view.default(mul, [-1])
        view_1 = torch.ops.aten.view.default(mul, [-1])
        return (view, view_1)
# expect functional:
# expect joint:
