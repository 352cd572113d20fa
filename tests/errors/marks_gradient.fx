# 4:17: SCHEMA: _autograd_grad: expected outputs and inputs, two lists
#         grads = torch._functorch.eager_transforms._autograd_grad(y, [x])
#                 ^
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        y: "f32[3]" = x.sin()
        grads = torch._functorch.eager_transforms._autograd_grad(y, [x])
        return (grads[0],)
