class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        t: "f32[6, 4][1, 6]cpu" = l_x_.t();  l_x_ = None
        reshape: "f32[4, 6][6, 1]cpu" = t.reshape(4, 6);  t = None
        arg: "f32[2, 6][6, 1]cpu" = reshape[slice(None, 2, None)];  reshape = None
        arg_1: "f32[6, 6][1, 6]cpu" = l_w_.t();  l_w_ = None
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, arg, arg_1, non_differentiable_idx = [], saved_for_backward_idx = [0, 1, 2]);  fwd_body_0 = bwd_body_0 = arg = arg_1 = None
        getitem_1: "f32[2, 6][6, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        sum_1: "f32[6][1]cpu" = getitem_1.sum(0);  getitem_1 = None
        return (sum_1,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, getitem: "f32[2, 6][6, 1]cpu", t_1: "f32[6, 6][1, 6]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            matmul: "f32[2, 6][6, 1]cpu" = getitem @ t_1
            y: "f32[2, 6][6, 1]cpu" = torch.tanh(matmul);  matmul = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((y,), (y, t_1, getitem))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[2, 6][6, 1]cpu", y: "f32[2, 6][6, 1]cpu", arg_1: "f32[6, 6][1, 6]cpu", arg: "f32[2, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            mul: "f32[2, 6][6, 1]cpu" = y * y;  y = None
            sub: "f32[2, 6][6, 1]cpu" = 1 - mul;  mul = None
            d: "f32[2, 6][6, 1]cpu" = g * sub;  g = sub = None
            t: "f32[6, 6][6, 1]cpu" = arg_1.t();  arg_1 = None
            matmul: "f32[2, 6][6, 1]cpu" = d @ t;  t = None
            t_1: "f32[6, 2][1, 6]cpu" = arg.t();  arg = None
            matmul_1: "f32[6, 6][6, 1]cpu" = t_1 @ d;  t_1 = d = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (matmul, matmul_1)
