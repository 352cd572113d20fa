# 3:18: SYNTAX: torch.tensor takes a number, or lists of numbers of one length each
#         tensor = torch.tensor([[1, 2], [3]])
#                  ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[2, 3]"):
        tensor = torch.tensor([[1, 2], [3]])
        return (tensor,)
