# 3:14: SCHEMA: torch.ops.aten.mm.default: argument 2 ('mat2') is missing: the schema is mm(Tensor self, Tensor mat2) -> Tensor
#         mm = torch.ops.aten.mm.default(x)
#              ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        mm = torch.ops.aten.mm.default(x)
        return (mm,)
