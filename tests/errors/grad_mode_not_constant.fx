# 3:13: SCHEMA: a mode is True or False
#         h = torch._C._set_grad_enabled(x)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        h = torch._C._set_grad_enabled(x)
        return (x,)
