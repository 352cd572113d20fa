class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]", b: "f32[4]"):
        mul: "f32[4]" = torch.ops.aten.mul.Tensor(b, a)
        set_ = torch.ops.aten.set_.source_Tensor(a, mul);  set_ = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(a)
        return (sum_1,)
