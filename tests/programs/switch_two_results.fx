class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu", L_i_: "i64[][]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        l_i_ = L_i_
        index: "i64[][]cpu" = l_i_.clamp(0, 3);  l_i_ = None
        switch_branch0_0 = self.switch_branch0_0
        switch_branch1_0 = self.switch_branch1_0
        switch_branch2_0 = self.switch_branch2_0
        switch_branch3_0 = self.switch_branch3_0
        switch = torch.ops.higher_order.switch(index, [switch_branch0_0, switch_branch1_0, switch_branch2_0, switch_branch3_0], (l_x_, l_w_));  index = switch_branch0_0 = switch_branch1_0 = switch_branch2_0 = switch_branch3_0 = l_x_ = l_w_ = None
        getitem: "f32[4, 4][4, 1]cpu" = switch[0]
        getitem_1: "f32[][]cpu" = switch[1];  switch = None
        return (getitem, getitem_1)

    class switch_branch0_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w__branch1: "f32[4, 4][4, 1]cpu"):
            l_x__1 = l_x_
            child: "f32[4, 4][4, 1]cpu" = l_x__1.sin()
            child_1: "f32[][]cpu" = l_x__1.sum();  l_x__1 = None
            return (child, child_1)

    class switch_branch1_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w__branch1: "f32[4, 4][4, 1]cpu"):
            l_x__1 = l_x_
            matmul: "f32[4, 4][4, 1]cpu" = l_x__1 @ l_w__branch1;  l_x__1 = None
            t: "f32[4, 4][1, 4]cpu" = matmul.t();  matmul = None
            child: "f32[4, 4][4, 1]cpu" = t.contiguous();  t = None
            child_1: "f32[][]cpu" = l_w__branch1.sum();  l_w__branch1 = None
            return (child, child_1)

    class switch_branch2_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w__branch1: "f32[4, 4][4, 1]cpu"):
            l_x__1 = l_x_
            child: "f32[4, 4][4, 1]cpu" = l_x__1 + l_w__branch1;  l_w__branch1 = None
            child_1: "f32[][]cpu" = l_x__1.mean();  l_x__1 = None
            return (child, child_1)

    class switch_branch3_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w__branch1: "f32[4, 4][4, 1]cpu"):
            l_x__1 = l_x_
            child: "f32[4, 4][4, 1]cpu" = l_w__branch1 * l_w__branch1;  l_w__branch1 = None
            child_1: "f32[][]cpu" = l_x__1.max();  l_x__1 = None
            return (child, child_1)
