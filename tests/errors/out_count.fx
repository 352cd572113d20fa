# 3:17: SCHEMA: max: 2 results are to be written to 1 tensors
#         max_1 = torch.max(x, 0, out = (y,))
#                 ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[2, 3]"):
        max_1 = torch.max(x, 0, out = (y,))
        return (max_1,)
