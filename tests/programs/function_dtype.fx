class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu"):
        l_x_ = L_x_
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, non_differentiable_idx = [], saved_for_backward_idx = []);  fwd_body_0 = bwd_body_0 = l_x_ = None
        getitem: "bf16[4, 6][6, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        float_1: "f32[4, 6][6, 1]cpu" = getitem.float();  getitem = None
        sin: "f32[4, 6][6, 1]cpu" = float_1.sin();  float_1 = None
        return (sin,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            outs: "bf16[4, 6][6, 1]cpu" = l_x_.bfloat16();  l_x_ = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((outs,), ())

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "bf16[4, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            float_1: "f32[4, 6][6, 1]cpu" = g.float();  g = None
            mul: "f32[4, 6][6, 1]cpu" = float_1 * 2;  float_1 = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (mul,)
