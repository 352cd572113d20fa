class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        outs: "f32[4, 4][4, 1]cpu" = l_x_.clone();  l_x_ = None
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, outs, non_differentiable_idx = [], saved_for_backward_idx = [], dirty_idx = [0]);  fwd_body_0 = bwd_body_0 = outs = None
        getitem: "f32[4, 4][4, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        mul: "f32[4, 4][4, 1]cpu" = getitem * 2;  getitem = None
        return (mul,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, clone: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            mul_: "f32[4, 4][4, 1]cpu" = clone.mul_(2);  mul_ = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((clone,), ())

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            mul: "f32[4, 4][4, 1]cpu" = g * 2;  g = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (mul,)
