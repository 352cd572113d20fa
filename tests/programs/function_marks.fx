class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        detach: "f32[4, 6][6, 1]cpu" = l_x_.detach();  l_x_ = None
        arg: "f32[4, 6][6, 1]cpu" = detach * 2;  detach = None
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, arg, l_w_, non_differentiable_idx = [], saved_for_backward_idx = [0, 1, 2]);  fwd_body_0 = bwd_body_0 = arg = l_w_ = None
        getitem: "f32[4, 6][6, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        return (getitem,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, mul: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            matmul: "f32[4, 6][6, 1]cpu" = mul @ l_w_
            y: "f32[4, 6][6, 1]cpu" = torch.tanh(matmul);  matmul = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((y,), (y, l_w_, mul))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[4, 6][6, 1]cpu", y: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu", arg: "f32[4, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            mul: "f32[4, 6][6, 1]cpu" = y * y;  y = None
            sub: "f32[4, 6][6, 1]cpu" = 1 - mul;  mul = None
            d: "f32[4, 6][6, 1]cpu" = g * sub;  g = sub = None
            t: "f32[6, 6][1, 6]cpu" = l_w_.t();  l_w_ = None
            matmul: "f32[4, 6][6, 1]cpu" = d @ t;  t = None
            t_1: "f32[6, 4][1, 6]cpu" = arg.t();  arg = None
            matmul_1: "f32[6, 6][6, 1]cpu" = t_1 @ d;  t_1 = d = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (matmul, matmul_1)
