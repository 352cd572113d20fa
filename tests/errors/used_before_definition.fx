# 3:41: SYNTAX: the name 'mul' is not defined
#         add = torch.ops.aten.add.Tensor(mul, x)
#                                         ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        add = torch.ops.aten.add.Tensor(mul, x)
        mul = torch.ops.aten.mul.Tensor(x, 2)
        return (add,)
