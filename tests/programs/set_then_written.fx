class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]", b: "f32[4]"):
        mul: "f32[4]" = torch.ops.aten.mul.Tensor(b, 2)
        set_: "f32[4]" = torch.ops.aten.set_.source_Tensor(a, mul);  set_ = None
        add_: "f32[4]" = torch.ops.aten.add_.Tensor(mul, 1);  add_ = None
        add: "f32[4]" = torch.ops.aten.add.Tensor(a, mul)
        mul_1: "f32[4]" = torch.ops.aten.mul.Tensor(b, 1)
        return (add, mul_1)
