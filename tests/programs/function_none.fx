class GraphModule(torch.nn.Module):
    def forward(self, L_m_: "f32[4, 6][6, 1]cpu", L_x_: "f32[4, 6][6, 1]cpu"):
        l_m_ = L_m_
        l_x_ = L_x_
        arg: "b8[4, 6][6, 1]cpu" = l_m_ > 0;  l_m_ = None
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, arg, non_differentiable_idx = [], saved_for_backward_idx = [0]);  fwd_body_0 = bwd_body_0 = l_x_ = arg = None
        getitem: "f32[4, 6][6, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        exp: "f32[4, 6][6, 1]cpu" = getitem.exp();  getitem = None
        return (exp,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", gt: "b8[4, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            outs: "f32[4, 6][6, 1]cpu" = l_x_.masked_fill(gt, 0.0);  l_x_ = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((outs,), (gt,))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[4, 6][6, 1]cpu", arg: "b8[4, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            masked_fill: "f32[4, 6][6, 1]cpu" = g.masked_fill(arg, 0.0);  g = arg = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (masked_fill, None)
