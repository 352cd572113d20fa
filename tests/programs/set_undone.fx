class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]"):
        detach: "f32[4]" = torch.ops.aten.detach.default(a)
        mul: "f32[4]" = torch.ops.aten.mul.Tensor(a, 2)
        set_ = torch.ops.aten.set_.source_Tensor(a, mul);  set_ = None
        add: "f32[4]" = torch.ops.aten.add.Tensor(a, 1)
        set__1 = torch.ops.aten.set_.source_Tensor(a, detach);  set__1 = None
        return (add,)
