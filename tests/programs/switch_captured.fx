class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_i_: "i64[][]cpu", L_b_: "f32[6][1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_i_ = L_i_
        l_b_ = L_b_
        l_w_ = L_w_
        index: "i64[][]cpu" = l_i_.clamp(0, 2);  l_i_ = None
        switch_branch0_0 = self.switch_branch0_0
        switch_branch1_0 = self.switch_branch1_0
        switch_branch2_0 = self.switch_branch2_0
        switch = torch.ops.higher_order.switch(index, [switch_branch0_0, switch_branch1_0, switch_branch2_0], (l_x_, l_b_, l_w_));  index = switch_branch0_0 = switch_branch1_0 = switch_branch2_0 = l_x_ = l_w_ = None
        getitem: "f32[4, 6][6, 1]cpu" = switch[0];  switch = None
        sum_1: "f32[6][1]cpu" = getitem.sum(0);  getitem = None
        mul: "f32[6][1]cpu" = sum_1 * l_b_;  sum_1 = l_b_ = None
        return (mul,)

    class switch_branch0_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_b__branch0: "f32[6][1]cpu", l_w__branch0: "f32[6, 6][6, 1]cpu"):
            l_x__1 = l_x_
            matmul: "f32[4, 6][6, 1]cpu" = l_x__1 @ l_w__branch0;  l_x__1 = l_w__branch0 = None
            add: "f32[4, 6][6, 1]cpu" = matmul + l_b__branch0;  matmul = l_b__branch0 = None
            return (add,)

    class switch_branch1_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_b__branch0: "f32[6][1]cpu", l_w__branch0: "f32[6, 6][6, 1]cpu"):
            l_x__1 = l_x_
            mul: "f32[4, 6][6, 1]cpu" = l_x__1 * l_b__branch0;  l_x__1 = l_b__branch0 = None
            exp: "f32[4, 6][6, 1]cpu" = mul.exp();  mul = None
            return (exp,)

    class switch_branch2_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_b__branch0: "f32[6][1]cpu", l_w__branch0: "f32[6, 6][6, 1]cpu"):
            l_x__1 = l_x_
            sin: "f32[4, 6][6, 1]cpu" = l_x__1.sin();  l_x__1 = None
            return (sin,)
