# 2:26: SYNTAX: expected ',' or ']' in an annotation, found its end
#     def forward(self, x: "f32[2, 3"):
#                          ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3"):
        return (x,)
