class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]", b: "f32[5]"):
        slice_1: "f32[4]" = torch.ops.aten.slice.Tensor(b, 0, 1, 5)
        set_ = torch.ops.aten.set_.source_Tensor(a, slice_1);  set_ = None
        view: "f32[4]" = torch.ops.aten.view.default(a, [-1])
        mul_ = torch.ops.aten.mul_.Tensor(view, 3);  mul_ = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(b)
        return (sum_1,)
