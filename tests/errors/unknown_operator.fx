# 3:28: UNKNOWN_OPERATOR: unknown operator torch.ops.aten.simh.default; did you mean torch.ops.aten.sinh.default?
#         sin: "f32[2, 3]" = torch.ops.aten.simh.default(x)
#                            ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        sin: "f32[2, 3]" = torch.ops.aten.simh.default(x)
        return (sin,)
