# 3:17: SCHEMA: torch.ops.aten.sum.dim_IntList: argument 2 ('dim'): expected a list of int or None, found str
#         sum_1 = torch.ops.aten.sum.dim_IntList(x, 'rows')
#                 ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        sum_1 = torch.ops.aten.sum.dim_IntList(x, 'rows')
        return (sum_1,)
