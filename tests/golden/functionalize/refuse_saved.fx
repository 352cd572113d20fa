# What exp keeps for its derivative is written later.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        exp = torch.ops.aten.exp.default(a)
        mul_ = torch.ops.aten.mul_.Tensor(exp, 2)
        sum_1 = torch.ops.aten.sum.default(mul_)
        return (sum_1,)
# expect error:
