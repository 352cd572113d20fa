# 3:9: SHAPE: the result 'zeros' has more bytes than 63 bits can count
#         zeros = torch.ops.aten.zeros.default([4294967296, 4294967296])
#         ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]"):
        zeros = torch.ops.aten.zeros.default([4294967296, 4294967296])
        return (zeros,)
