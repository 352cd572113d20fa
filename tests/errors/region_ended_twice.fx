# 5:13: SYNTAX: torch.amp.autocast_mode._exit_autocast: the region of 'h' has ended before
#         b = torch.amp.autocast_mode._exit_autocast(h)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        h = torch.amp.autocast_mode._enter_autocast('cpu', torch.bfloat16, True, None)
        a = torch.amp.autocast_mode._exit_autocast(h)
        b = torch.amp.autocast_mode._exit_autocast(h)
        return (x,)
