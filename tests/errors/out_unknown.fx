# 3:15: UNKNOWN_OPERATOR: unknown operator torch.ops.aten.mul.nowhere; did you mean torch.ops.aten.mul.Tensor?
#         mul = torch.ops.aten.mul.nowhere(x, 2)
#               ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[2, 3]"):
        mul = torch.ops.aten.mul.nowhere(x, 2)
        return (mul,)
