# 3:13: SYNTAX: the region of 'h' does not end
#         h = torch.amp.autocast_mode._enter_autocast('cpu', torch.bfloat16, True, None)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        h = torch.amp.autocast_mode._enter_autocast('cpu', torch.bfloat16, True, None)
        y = x.sin()
        return (y,)
