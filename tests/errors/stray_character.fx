# 3:15: SYNTAX: a character that no program has
#         del x ?
#               ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]"):
        del x ?
        return (x,)
