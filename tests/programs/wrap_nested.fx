class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        wrap_body_1 = self.wrap_body_1
        wrap = torch.ops.higher_order.wrap(wrap_body_1, l_x_, l_w_);  wrap_body_1 = l_x_ = l_w_ = None
        getitem: "f32[4, 6][6, 1]cpu" = wrap[0];  wrap = None
        return (getitem,)

    class wrap_body_1(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            matmul: "f32[4, 6][6, 1]cpu" = l_x_ @ l_w_
            wrap_body_0 = self.wrap_body_0
            wrap = torch.ops.higher_order.wrap(wrap_body_0, l_x_, matmul, l_w_);  wrap_body_0 = l_x_ = matmul = l_w_ = None
            getitem: "f32[4, 6][6, 1]cpu" = wrap[0];  wrap = None
            return (getitem,)

        class wrap_body_0(torch.nn.Module):
            def forward(self, l_x_: "f32[4, 6][6, 1]cpu", matmul: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
                add: "f32[4, 6][6, 1]cpu" = l_x_ + matmul;  l_x_ = matmul = None
                sum_1: "f32[6][1]cpu" = l_w_.sum(0);  l_w_ = None
                add_1: "f32[4, 6][6, 1]cpu" = add + sum_1;  add = sum_1 = None
                return (add_1,)
