# 4:41: SYNTAX: the name 'relv' is not defined; did you mean 'relu'?
#         add = torch.ops.aten.add.Tensor(relv, x)
#                                         ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        relu = torch.ops.aten.relu.default(x)
        add = torch.ops.aten.add.Tensor(relv, x)
        return (add,)
