# A question for gradients has a cotangent for each output.
# run: infer
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting()
        a: "f32[3]" = torch._C._functorch._wrap_for_grad(x, 1)
        y: "f32[3]" = a.sin()
        grads = torch._functorch.eager_transforms._autograd_grad([y, a], [a], [y])
        g: "f32[3]" = grads[0]
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting()
        return (g,)
# expect error:
_autograd_grad: 2 outputs have 1 cotangents
