class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        hints_wrapper_body_0 = self.hints_wrapper_body_0
        hints_wrapper = torch.ops.higher_order.hints_wrapper(hints_wrapper_body_0, (l_x_, l_w_), {}, hints = {'a': 1, 'b': True});  hints_wrapper_body_0 = l_x_ = l_w_ = None
        getitem: "f32[4, 4][4, 1]cpu" = hints_wrapper[0];  hints_wrapper = None
        return (getitem,)

    class hints_wrapper_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w_: "f32[4, 4][4, 1]cpu"):
            sin: "f32[4, 4][4, 1]cpu" = torch.sin(l_x_)
            matmul: "f32[4, 4][4, 1]cpu" = sin @ l_w_;  sin = l_w_ = None
            mul: "f32[4, 4][4, 1]cpu" = l_x_ * 2;  l_x_ = None
            return (matmul, mul)
