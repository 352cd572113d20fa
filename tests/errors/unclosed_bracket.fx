# 3:40: SYNTAX: '(' is not closed: expected ')' before line 4
#         add = torch.ops.aten.add.Tensor(x, x
#                                        ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        add = torch.ops.aten.add.Tensor(x, x
        return (add,)
