# 3:14: SHAPE: mm: the last dimension of self (4) differs from the one of mat2 it is multiplied with (2)
#         mm = torch.ops.aten.mm.default(y, x)
#              ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        mm = torch.ops.aten.mm.default(y, x)
        return (mm,)
