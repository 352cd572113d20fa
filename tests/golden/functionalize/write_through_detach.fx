# A write that autograd does not see: the value changes, the history stays.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul = torch.ops.aten.mul.Tensor(a, 2)
        detach = torch.ops.aten.detach.default(mul)
        mul_ = torch.ops.aten.mul_.Tensor(detach, 3)
        mul_1 = torch.ops.aten.mul.Tensor(mul, mul)
        sum_1 = torch.ops.aten.sum.default(mul_1)
        return (sum_1,)
# expect functional:
# expect joint:
