# 3:44: SYNTAX: a number does not fit in 64 bits
#         add = torch.ops.aten.add.Tensor(x, 9223372036854775808)
#                                            ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        add = torch.ops.aten.add.Tensor(x, 9223372036854775808)
        return (add,)
