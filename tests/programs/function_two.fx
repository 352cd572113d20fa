class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, l_w_, non_differentiable_idx = [1], saved_for_backward_idx = [0]);  fwd_body_0 = bwd_body_0 = l_x_ = l_w_ = None
        getitem: "f32[4, 4][4, 1]cpu" = autograd_function_apply[0]
        getitem_1: "i64[][]cpu" = autograd_function_apply[1]
        getitem_2: "f32[4, 4][4, 1]cpu" = autograd_function_apply[2];  autograd_function_apply = None
        add: "f32[4, 4][4, 1]cpu" = getitem + getitem_2;  getitem = getitem_2 = None
        add_1: "f32[4, 4][4, 1]cpu" = add + getitem_1;  add = getitem_1 = None
        return (add_1,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w_: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            y: "f32[4, 4][4, 1]cpu" = l_x_.exp()
            i: "i64[][]cpu" = l_x_.argmax();  l_x_ = None
            out: "f32[4, 4][4, 1]cpu" = l_w_ * 2;  l_w_ = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((y, i, out), (y,))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[4, 4][4, 1]cpu", gi: "i64[][]cpu", g2: "f32[4, 4][4, 1]cpu", y: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            mul: "f32[4, 4][4, 1]cpu" = g * y;  g = y = None
            mul_1: "f32[4, 4][4, 1]cpu" = mul * 3;  mul = None
            mul_2: "f32[4, 4][4, 1]cpu" = g2 * 2;  g2 = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (mul_1, mul_2)
