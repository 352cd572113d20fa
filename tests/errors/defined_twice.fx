# 4:9: SYNTAX: the name 'relu' is defined twice, first in line 3
#         relu = torch.ops.aten.relu.default(relu)
#         ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        relu = torch.ops.aten.relu.default(x)
        relu = torch.ops.aten.relu.default(relu)
        return (relu,)
