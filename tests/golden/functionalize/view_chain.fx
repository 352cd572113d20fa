# A write through a view of a view goes back link by link, base outward.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        clone = torch.ops.aten.clone.default(a)
        view = torch.ops.aten.view.default(clone, [-1])
        select = torch.ops.aten.select.int(view, 0, 0)
        add_ = torch.ops.aten.add_.Tensor(select, 1)
        mul = torch.ops.aten.mul.Tensor(view, 2)
        add = torch.ops.aten.add.Tensor(clone, 1)
        return (mul, add)
# expect functional:
