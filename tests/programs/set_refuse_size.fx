class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]", b: "f32[5]"):
        set_ = torch.ops.aten.set_.source_Tensor(a, b);  set_ = None
        mul: "f32[5]" = torch.ops.aten.mul.Tensor(a, 2)
        return (mul,)
