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
