# Views of a written input are replayed when they are read: names keep the gaps.
# run: grad=a,b,c
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]", b: "f32[2, 2]", c: "f32[2, 2]"):
        mul_ = torch.ops.aten.mul_.Tensor(a, 2)
        mul__1 = torch.ops.aten.mul_.Tensor(c, 3)
        view = torch.ops.aten.view.default(b, [4])
        view_1 = torch.ops.aten.view.default(c, [4])
        return (view, view_1)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]", b: "f32[2, 2]", c: "f32[2, 2]"):
        clone: "f32[2, 2]" = torch.ops.aten.clone.default(a);  a = None
        clone_1: "f32[2, 2]" = torch.ops.aten.clone.default(c);  c = None
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(clone, 2);  clone = None
        mul_1: "f32[2, 2]" = torch.ops.aten.mul.Tensor(clone_1, 3);  clone_1 = None
        view: "f32[4]" = torch.ops.aten.view.default(b, [4]);  b = None
        view_2: "f32[4]" = torch.ops.aten.view.default(mul_1, [4])
        return (mul, mul_1, view, view_2)
