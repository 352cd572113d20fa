# 3:9: SYNTAX: 'k' has an annotation but is a constant
#         k: "f32[]" = 3
#         ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        k: "f32[]" = 3
        return (x,)
