# 3:14: SCHEMA: torch.ops.aten.mm.default: expected at most 2 positional arguments, found 3
#         mm = torch.ops.aten.mm.default(x, y, y)
#              ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        mm = torch.ops.aten.mm.default(x, y, y)
        return (mm,)
