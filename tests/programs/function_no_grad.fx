class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
        sin: "f32[4, 4][4, 1]cpu" = l_x_.sin()
        matmul: "f32[4, 4][4, 1]cpu" = sin @ l_w_;  sin = l_w_ = None
        y: "f32[4, 4][4, 1]cpu" = matmul * 2;  matmul = None
        _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
        mul_1: "f32[4, 4][4, 1]cpu" = y * l_x_;  y = l_x_ = None
        return (mul_1,)
