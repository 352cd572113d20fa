class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]", b: "f32[2, 2]"):
        set_: "f32[2, 2]" = torch.ops.aten.set_.source_Tensor(a, b)
        view: "f32[4]" = torch.ops.aten.view.default(set_, [-1]);  set_ = None
        mul_: "f32[4]" = torch.ops.aten.mul_.Tensor(view, 3);  mul_ = None
        add: "f32[2, 2]" = torch.ops.aten.add.Tensor(b, 1)
        return (add,)
