class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        sum_1: "f32[][]cpu" = l_x_.sum()
        gt: "b8[][]cpu" = sum_1 > 0;  sum_1 = None
        cond_true_0 = self.cond_true_0
        cond_false_0 = self.cond_false_0
        cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (l_w_, l_x_));  gt = cond_true_0 = cond_false_0 = l_w_ = l_x_ = None
        getitem: "f32[4, 4][4, 1]cpu" = cond[0];  cond = None
        return (getitem,)

    class cond_true_0(torch.nn.Module):
        def forward(self, l_w_: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu"):
            l_w__1 = l_w_
            l_x__1 = l_x_
            fwd_body_0 = self.fwd_body_0
            bwd_body_0 = self.bwd_body_0
            autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x__1, l_w__1, non_differentiable_idx = [], saved_for_backward_idx = [0, 1]);  fwd_body_0 = bwd_body_0 = l_x__1 = l_w__1 = None
            getitem: "f32[4, 4][4, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
            return (getitem,)

        class fwd_body_0(torch.nn.Module):
            def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w_: "f32[4, 4][4, 1]cpu"):
                _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
                sin: "f32[4, 4][4, 1]cpu" = l_x_.sin()
                matmul: "f32[4, 4][4, 1]cpu" = sin @ l_w_;  sin = None
                outs: "f32[4, 4][4, 1]cpu" = matmul * 2;  matmul = None
                _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
                return ((outs,), (l_w_, l_x_))

        class bwd_body_0(torch.nn.Module):
            def forward(self, g: "f32[4, 4][4, 1]cpu", l_w_: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu"):
                _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
                t: "f32[4, 4][1, 4]cpu" = l_w_.t();  l_w_ = None
                matmul: "f32[4, 4][4, 1]cpu" = g @ t;  t = None
                mul: "f32[4, 4][4, 1]cpu" = matmul * 2;  matmul = None
                cos: "f32[4, 4][4, 1]cpu" = l_x_.cos()
                mul_1: "f32[4, 4][4, 1]cpu" = mul * cos;  mul = cos = None
                sin: "f32[4, 4][4, 1]cpu" = l_x_.sin();  l_x_ = None
                t_1: "f32[4, 4][1, 4]cpu" = sin.t();  sin = None
                matmul_1: "f32[4, 4][4, 1]cpu" = t_1 @ g;  t_1 = g = None
                mul_2: "f32[4, 4][4, 1]cpu" = matmul_1 * 2;  matmul_1 = None
                _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
                return (mul_1, mul_2)

    class cond_false_0(torch.nn.Module):
        def forward(self, l_w_: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu"):
            l_w__1 = l_w_
            l_x__1 = l_x_
            mul: "f32[4, 4][4, 1]cpu" = l_x__1 * l_w__1;  l_x__1 = l_w__1 = None
            return (mul,)
