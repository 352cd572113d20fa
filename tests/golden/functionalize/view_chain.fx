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
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        clone: "f32[2, 2]" = torch.ops.aten.clone.default(a);  a = None
        view: "f32[4]" = torch.ops.aten.view.default(clone, [-1])
        select: "f32[]" = torch.ops.aten.select.int(view, 0, 0);  view = None
        add: "f32[]" = torch.ops.aten.add.Tensor(select, 1);  select = None
        view_1: "f32[4]" = torch.ops.aten.view.default(clone, [-1]);  clone = None
        select_scatter: "f32[4]" = torch.ops.aten.select_scatter.default(view_1, add, 0, 0);  view_1 = add = None
        view_2: "f32[2, 2]" = torch.ops.aten.view.default(select_scatter, [2, 2]);  select_scatter = None
        view_4: "f32[4]" = torch.ops.aten.view.default(view_2, [-1])
        mul: "f32[4]" = torch.ops.aten.mul.Tensor(view_4, 2);  view_4 = None
        add_1: "f32[2, 2]" = torch.ops.aten.add.Tensor(view_2, 1);  view_2 = None
        return (mul, add_1)
