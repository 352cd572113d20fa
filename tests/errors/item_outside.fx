# 4:24: SHAPE: item 2 of 'max_1' is taken, which has 2
#         getitem = max_1[2]
#                        ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        max_1 = torch.ops.aten.max.dim(x, 1)
        getitem = max_1[2]
        return (getitem,)
