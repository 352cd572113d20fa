class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]", b: "f32[2, 2]"):
        unsqueeze_: "f32[1, 2, 2]" = torch.ops.aten.unsqueeze_.default(b, 0)
        add_: "f32[4]" = torch.ops.aten.add_.Tensor(a, 1)
        mul: "f32[4]" = torch.ops.aten.mul.Tensor(add_, 2)
        mul_1: "f32[1, 2, 2]" = torch.ops.aten.mul.Tensor(unsqueeze_, unsqueeze_)
        sum_1: "f32[]" = torch.ops.aten.sum.default(mul_1)
        return (mul, sum_1)
