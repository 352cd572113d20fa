class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, l_w_, non_differentiable_idx = [], saved_for_backward_idx = [0]);  fwd_body_0 = bwd_body_0 = l_x_ = l_w_ = None
        getitem: "f32[4, 4][4, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        sin: "f32[4, 4][4, 1]cpu" = getitem.sin();  getitem = None
        return (sin,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w_: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            sin: "f32[4, 4][4, 1]cpu" = l_x_.sin()
            matmul: "f32[4, 4][4, 1]cpu" = sin @ l_w_;  sin = l_w_ = None
            mul: "f32[4, 4][4, 1]cpu" = matmul * 2;  matmul = None
            outs: "f32[4, 4][4, 1]cpu" = mul + l_x_;  mul = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((outs,), (l_x_,))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            mul: "f32[4, 4][4, 1]cpu" = g * 2
            sum_1: "f32[][]cpu" = g.sum()
            gt: "b8[][]cpu" = sum_1 > 0;  sum_1 = None
            cond_true_0 = self.cond_true_0
            cond_false_0 = self.cond_false_0
            cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (g, l_x_));  gt = cond_true_0 = cond_false_0 = g = l_x_ = None
            getitem: "f32[4, 4][4, 1]cpu" = cond[0];  cond = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (mul, getitem)

        class cond_true_0(torch.nn.Module):
            def forward(self, g: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu"):
                g_1 = g
                l_x__1 = l_x_
                matmul: "f32[4, 4][4, 1]cpu" = g_1 @ l_x__1;  g_1 = l_x__1 = None
                return (matmul,)

        class cond_false_0(torch.nn.Module):
            def forward(self, g: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu"):
                g_1 = g
                l_x__1 = l_x_
                sub: "f32[4, 4][4, 1]cpu" = g_1 - l_x__1;  g_1 = l_x__1 = None
                return (sub,)
