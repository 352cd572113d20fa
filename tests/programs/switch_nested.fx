class GraphModule(torch.nn.Module):
    def forward(self, L_i_: "i64[][]cpu", L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_i_ = L_i_
        l_x_ = L_x_
        l_w_ = L_w_
        index: "i64[][]cpu" = l_i_.clamp(0, 1)
        switch_branch0_1 = self.switch_branch0_1
        switch_branch1_1 = self.switch_branch1_1
        switch = torch.ops.higher_order.switch(index, [switch_branch0_1, switch_branch1_1], (l_w_, l_x_, l_i_));  index = switch_branch0_1 = switch_branch1_1 = l_w_ = l_x_ = l_i_ = None
        getitem: "f32[4, 4][4, 1]cpu" = switch[0];  switch = None
        return (getitem,)

    class switch_branch0_1(torch.nn.Module):
        def forward(self, l_w_: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu", l_i__branch0: "i64[][]cpu"):
            l_w__1 = l_w_
            l_x__1 = l_x_
            sub: "i64[][]cpu" = l_i__branch0 - 1;  l_i__branch0 = None
            index: "i64[][]cpu" = sub.clamp(0, 1);  sub = None
            switch_branch0_0 = self.switch_branch0_0
            switch_branch1_0 = self.switch_branch1_0
            switch = torch.ops.higher_order.switch(index, [switch_branch0_0, switch_branch1_0], (l_x__1, l_w__1));  index = switch_branch0_0 = switch_branch1_0 = l_x__1 = l_w__1 = None
            getitem: "f32[4, 4][4, 1]cpu" = switch[0];  switch = None
            return (getitem,)

        class switch_branch0_0(torch.nn.Module):
            def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w__branch1: "f32[4, 4][4, 1]cpu"):
                l_x__1 = l_x_
                sin: "f32[4, 4][4, 1]cpu" = l_x__1.sin();  l_x__1 = None
                return (sin,)

        class switch_branch1_0(torch.nn.Module):
            def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w__branch1: "f32[4, 4][4, 1]cpu"):
                l_x__1 = l_x_
                cos: "f32[4, 4][4, 1]cpu" = l_x__1.cos();  l_x__1 = None
                mul: "f32[4, 4][4, 1]cpu" = cos * l_w__branch1;  cos = l_w__branch1 = None
                return (mul,)

    class switch_branch1_1(torch.nn.Module):
        def forward(self, l_w_: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu", l_i__branch0: "i64[][]cpu"):
            l_w__1 = l_w_
            l_x__1 = l_x_
            sum_1: "f32[][]cpu" = l_x__1.sum()
            gt: "b8[][]cpu" = sum_1 > 0;  sum_1 = None
            cond_true_0 = self.cond_true_0
            cond_false_0 = self.cond_false_0
            cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (l_w__1, l_x__1));  gt = cond_true_0 = cond_false_0 = l_w__1 = l_x__1 = None
            getitem: "f32[4, 4][4, 1]cpu" = cond[0];  cond = None
            return (getitem,)

        class cond_true_0(torch.nn.Module):
            def forward(self, l_w_: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu"):
                l_w__1 = l_w_
                l_x__1 = l_x_
                matmul: "f32[4, 4][4, 1]cpu" = l_x__1 @ l_w__1;  l_x__1 = l_w__1 = None
                return (matmul,)

        class cond_false_0(torch.nn.Module):
            def forward(self, l_w_: "f32[4, 4][4, 1]cpu", l_x_: "f32[4, 4][4, 1]cpu"):
                l_w__1 = l_w_
                l_x__1 = l_x_
                sub: "f32[4, 4][4, 1]cpu" = l_x__1 - l_w__1;  l_x__1 = l_w__1 = None
                return (sub,)
