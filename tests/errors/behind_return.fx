# 4:9: SYNTAX: a statement stands behind the return
#         relu = torch.ops.aten.relu.default(x)
#         ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        return (x,)
        relu = torch.ops.aten.relu.default(x)
