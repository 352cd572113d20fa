# Where nothing is differentiated the forward alone is left.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, x, non_differentiable_idx = [1], saved_for_backward_idx = [0])
        getitem: "f32[3]" = autograd_function_apply[0]
        getitem_1: "f32[3]" = autograd_function_apply[1]
        mul: "f32[3]" = getitem * getitem_1
        return (mul,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            _set_grad_enabled = torch._C._set_grad_enabled(False)
            y: "f32[3]" = x.exp()
            out: "f32[3]" = x * 3
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True)
            return ((out, y), (x,))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[3]", _: "f32[3]", x: "f32[3]"):
            _set_grad_enabled = torch._C._set_grad_enabled(False)
            mul: "f32[3]" = g * 3
            add: "f32[3]" = mul + x
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True)
            return (add,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        exp: "f32[3]" = torch.ops.aten.exp.default(x)
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(x, 3);  x = None
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, exp);  mul = exp = None
        return (mul_1,)
