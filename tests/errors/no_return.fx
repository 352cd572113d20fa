# 4:1: SYNTAX: the body has no return
#
# ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        relu = torch.ops.aten.relu.default(x)
