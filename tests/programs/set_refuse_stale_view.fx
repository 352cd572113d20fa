class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]", b: "f32[4]"):
        view: "f32[4]" = torch.ops.aten.view.default(a, [4])
        mul: "f32[4]" = torch.ops.aten.mul.Tensor(b, 2)
        set_ = torch.ops.aten.set_.source_Tensor(a, mul);  set_ = None
        mul_ = torch.ops.aten.mul_.Tensor(view, 3);  mul_ = None
        return (a,)
