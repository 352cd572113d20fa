class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        strict_mode_body_0 = self.strict_mode_body_0
        strict_mode = torch.ops.higher_order.strict_mode(strict_mode_body_0, (l_x_, l_w_));  strict_mode_body_0 = l_w_ = None
        getitem: "f32[4, 4][4, 1]cpu" = strict_mode[0];  strict_mode = None
        mul: "f32[4, 4][4, 1]cpu" = getitem * l_x_;  getitem = l_x_ = None
        return (mul,)

    class strict_mode_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w_: "f32[4, 4][4, 1]cpu"):
            sin: "f32[4, 4][4, 1]cpu" = torch.sin(l_x_);  l_x_ = None
            matmul: "f32[4, 4][4, 1]cpu" = sin @ l_w_;  sin = l_w_ = None
            return (matmul,)
