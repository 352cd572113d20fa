class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        add: "f32[4, 4][4, 1]cpu" = l_x_ + 1
        subgraph_0 = self.subgraph_0
        foreach_map = torch.ops.higher_order.foreach_map(subgraph_0, l_x_, l_w_, add);  subgraph_0 = l_x_ = l_w_ = add = None
        getitem_1: "f32[4, 4][4, 1]cpu" = foreach_map[1]
        getitem_2: "f32[4, 4][4, 1]cpu" = foreach_map[2];  foreach_map = None
        return (getitem_1, getitem_2)

    class subgraph_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w_: "f32[4, 4][4, 1]cpu", add: "f32[4, 4][4, 1]cpu"):
            mul: "f32[4, 4][4, 1]cpu" = l_x_ * l_w_
            sin: "f32[4, 4][4, 1]cpu" = mul.sin();  mul = None
            mul_1: "f32[4, 4][4, 1]cpu" = l_w_ * l_x_;  l_x_ = None
            sin_1: "f32[4, 4][4, 1]cpu" = mul_1.sin();  mul_1 = None
            mul_2: "f32[4, 4][4, 1]cpu" = add * l_w_;  add = l_w_ = None
            sin_2: "f32[4, 4][4, 1]cpu" = mul_2.sin();  mul_2 = None
            return (sin, sin_1, sin_2)
