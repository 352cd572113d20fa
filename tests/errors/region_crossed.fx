# 5:13: SYNTAX: torch.amp.autocast_mode._exit_autocast: the region of 'h' cannot end before that of 'k', which began in it
#         a = torch.amp.autocast_mode._exit_autocast(h)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        h = torch.amp.autocast_mode._enter_autocast('cpu', torch.bfloat16, True, None)
        k = torch.autograd.grad_mode._enter_inference_mode(True)
        a = torch.amp.autocast_mode._exit_autocast(h)
        b = torch.autograd.grad_mode._exit_inference_mode(k)
        return (x,)
