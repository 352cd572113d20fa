class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_b_: "f32[4][1]cpu"):
        l_x_ = L_x_
        l_b_ = L_b_
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, l_b_, non_differentiable_idx = [], saved_for_backward_idx = [0, 1]);  fwd_body_0 = bwd_body_0 = l_x_ = l_b_ = None
        getitem: "f32[4, 4][4, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        pow_1: "f32[4, 4][4, 1]cpu" = getitem ** 2;  getitem = None
        return (pow_1,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_b_: "f32[4][1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            add: "f32[4, 4][4, 1]cpu" = l_x_ + l_b_
            outs: "f32[4, 4][4, 1]cpu" = add.relu();  add = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((outs,), (l_x_, l_b_))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu", l_b_: "f32[4][1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            add: "f32[4, 4][4, 1]cpu" = l_x_ + l_b_;  l_x_ = l_b_ = None
            m: "b8[4, 4][4, 1]cpu" = add > 0;  add = None
            mul: "f32[4, 4][4, 1]cpu" = g * m
            mul_1: "f32[4, 4][4, 1]cpu" = g * m;  g = m = None
            sum_1: "f32[4][1]cpu" = mul_1.sum(0);  mul_1 = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (mul, sum_1)
