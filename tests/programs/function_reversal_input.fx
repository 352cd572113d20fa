class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, non_differentiable_idx = [], saved_for_backward_idx = []);  fwd_body_0 = bwd_body_0 = l_x_ = None
        getitem: "f32[4, 4][4, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        mul: "f32[4, 4][4, 1]cpu" = getitem * 2;  getitem = None
        return (mul,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            view_as: "f32[4, 4][4, 1]cpu" = l_x_.view_as(l_x_);  l_x_ = None
            return ((view_as,), ())

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            neg: "f32[4, 4][4, 1]cpu" = -g;  g = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (neg,)
