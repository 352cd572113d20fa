# 3:18: SYNTAX: torch.tensor takes a number, or lists of numbers of one length each
#         tensor = torch.tensor('one')
#                  ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[2, 3]"):
        tensor = torch.tensor('one')
        return (tensor,)
