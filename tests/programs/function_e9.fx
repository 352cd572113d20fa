class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3][1]cpu"):
        l_x_ = L_x_

        # File: ex.py:78 in e9, code: return F.apply(x, 3)[0]
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, non_differentiable_idx = [1], saved_for_backward_idx = [0]);  fwd_body_0 = bwd_body_0 = l_x_ = None
        getitem: "f32[3][1]cpu" = autograd_function_apply[0]
        getitem_1: "f32[3][1]cpu" = autograd_function_apply[1];  autograd_function_apply = None
        mul_2: "f32[3][1]cpu" = getitem * getitem_1
        return (mul_2,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[3][1]cpu"):
            # No stacktrace found for following nodes
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None

            # File: ex.py:70 in forward, code: y = x.exp()
            y: "f32[3][1]cpu" = l_x_.exp()

            # File: ex.py:72 in forward, code: return x * k, y
            out: "f32[3][1]cpu" = l_x_ * 3

            # No stacktrace found for following nodes
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((out, y), (l_x_,))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[3][1]cpu", _: "f32[3][1]cpu", l_x_: "f32[3][1]cpu"):
            # No stacktrace found for following nodes
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None

            # File: ex.py:76 in backward, code: return g * ctx.k + x, None
            mul: "f32[3][1]cpu" = g * 3;  g = None
            add: "f32[3][1]cpu" = mul + l_x_;  mul = l_x_ = None

            # No stacktrace found for following nodes
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (add,)
