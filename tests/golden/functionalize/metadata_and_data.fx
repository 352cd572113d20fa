# Data and metadata written: b.mul_(3); c.t_(); views of all three.
# run: grad=a,b,c
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]", b: "f32[2, 2]", c: "f32[2, 2]"):
        mul_ = torch.ops.aten.mul_.Tensor(b, 3)
        t_ = torch.ops.aten.t_.default(c)
        view = torch.ops.aten.view.default(a, [2, 2])
        view_1 = torch.ops.aten.view.default(b, [2, 2])
        view_2 = torch.ops.aten.view.default(c, [2, 2])
        return (view, view_1, view_2)
# expect functional:
