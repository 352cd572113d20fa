# 3:15: SCHEMA: torch.ops.aten.add.Tensor: there is no parameter 'beta'
#         add = torch.ops.aten.add.Tensor(x, x, beta = 2)
#               ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        add = torch.ops.aten.add.Tensor(x, x, beta = 2)
        return (add,)
