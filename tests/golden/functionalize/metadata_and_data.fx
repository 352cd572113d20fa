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
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]", b: "f32[2, 2]", c: "f32[2, 2]"):
        clone: "f32[2, 2]" = torch.ops.aten.clone.default(b);  b = None
        view: "f32[2, 2]" = torch.ops.aten.view.default(c, [2, 2]);  c = None
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(clone, 3);  clone = None
        t: "f32[2, 2]" = torch.ops.aten.t.default(view);  view = None
        view_1: "f32[2, 2]" = torch.ops.aten.view.default(a, [2, 2]);  a = None
        view_3: "f32[2, 2]" = torch.ops.aten.view.default(t, [2, 2])
        view_4: "f32[2, 2]" = torch.ops.aten.view.default(mul, [2, 2])
        return (mul, t, view_1, view_4, view_3)
