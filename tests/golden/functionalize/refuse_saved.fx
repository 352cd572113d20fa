# What exp keeps for its derivative is written later.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        exp = torch.ops.aten.exp.default(a)
        mul_ = torch.ops.aten.mul_.Tensor(exp, 2)
        sum_1 = torch.ops.aten.sum.default(mul_)
        return (sum_1,)
# expect error:
one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [2, 2]], which is output 0 of Exp, is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).
