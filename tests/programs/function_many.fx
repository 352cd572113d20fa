class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_a_: "f32[4, 6][6, 1]cpu", L_c_: "f32[4, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_a_ = L_a_
        l_c_ = L_c_
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, l_a_, l_c_, non_differentiable_idx = [], saved_for_backward_idx = [0, 1, 2]);  fwd_body_0 = bwd_body_0 = l_x_ = l_a_ = l_c_ = None
        getitem: "f32[4, 6][6, 1]cpu" = autograd_function_apply[0]
        getitem_1: "f32[4, 6][6, 1]cpu" = autograd_function_apply[1];  autograd_function_apply = None
        sin: "f32[4, 6][6, 1]cpu" = getitem_1.sin();  getitem_1 = None
        add: "f32[4, 6][6, 1]cpu" = getitem + sin;  getitem = sin = None
        return (add,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_a_: "f32[4, 6][6, 1]cpu", l_c_: "f32[4, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            out: "f32[4, 6][6, 1]cpu" = l_x_ * l_a_
            out_1: "f32[4, 6][6, 1]cpu" = l_a_ * l_c_
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((out, out_1), (l_x_, l_a_, l_c_))

    class bwd_body_0(torch.nn.Module):
        def forward(self, out: "f32[4, 6][6, 1]cpu", out_1: "f32[4, 6][6, 1]cpu", l_x_: "f32[4, 6][6, 1]cpu", l_a_: "f32[4, 6][6, 1]cpu", l_c_: "f32[4, 6][6, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            zeros_like: "f32[4, 6][6, 1]cpu" = torch.zeros_like(l_x_)
            zeros_like_1: "f32[4, 6][6, 1]cpu" = torch.zeros_like(l_a_)
            zeros_like_2: "f32[4, 6][6, 1]cpu" = torch.zeros_like(l_c_)
            mul: "f32[4, 6][6, 1]cpu" = out * l_a_
            add: "f32[4, 6][6, 1]cpu" = zeros_like + mul;  zeros_like = mul = None
            mul_1: "f32[4, 6][6, 1]cpu" = out * l_x_;  out = l_x_ = None
            add_1: "f32[4, 6][6, 1]cpu" = zeros_like_1 + mul_1;  zeros_like_1 = mul_1 = None
            mul_2: "f32[4, 6][6, 1]cpu" = out_1 * l_c_;  l_c_ = None
            add_2: "f32[4, 6][6, 1]cpu" = add_1 + mul_2;  add_1 = mul_2 = None
            mul_3: "f32[4, 6][6, 1]cpu" = out_1 * l_a_;  out_1 = l_a_ = None
            add_3: "f32[4, 6][6, 1]cpu" = zeros_like_2 + mul_3;  zeros_like_2 = mul_3 = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (add, add_2, add_3)
