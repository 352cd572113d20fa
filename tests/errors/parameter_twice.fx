# 2:36: SYNTAX: the name 'x' is defined twice, first in line 2
#     def forward(self, x: "f32[2]", x: "f32[2]"):
#                                    ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2]", x: "f32[2]"):
        return (x,)
