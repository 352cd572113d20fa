# 3:51: SYNTAX: a positional argument stands behind a keyword argument
#         add = torch.ops.aten.add.Tensor(self = x, x)
#                                                   ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        add = torch.ops.aten.add.Tensor(self = x, x)
        return (add,)
