# 2:26: SHAPE: an annotation has 2 sizes and 1 strides
#     def forward(self, x: "f32[2, 3][1]cpu"):
#                          ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3][1]cpu"):
        return (x,)
