# 3:15: SCHEMA: mul: out must be a tensor, or a tuple of tensors
#         mul = torch.mul(x, 2, out = 1)
#               ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[2, 3]"):
        mul = torch.mul(x, 2, out = 1)
        return (mul,)
