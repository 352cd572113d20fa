class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_i_: "i64[][]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_i_ = L_i_
        l_w_ = L_w_
        x: "f32[6][1]cpu" = l_x_[0]
        scan_combine_fn_0 = self.scan_combine_fn_0
        scan = torch.ops.higher_order.scan(scan_combine_fn_0, [x], [l_x_], [l_i_, l_w_]);  scan_combine_fn_0 = x = l_x_ = l_i_ = l_w_ = None
        out: "f32[4, 6][6, 1]cpu" = scan[1];  scan = None
        return (out,)

    class scan_combine_fn_0(torch.nn.Module):
        def forward(self, child: "f32[6][1]cpu", child_1: "f32[6][1]cpu", l_i_: "i64[][]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            index: "i64[][]cpu" = l_i_.clamp(0, 1);  l_i_ = None
            switch_branch0_0 = self.switch_branch0_0
            switch_branch1_0 = self.switch_branch1_0
            switch = torch.ops.higher_order.switch(index, [switch_branch0_0, switch_branch1_0], (child, child_1, l_w_));  index = switch_branch0_0 = switch_branch1_0 = child = child_1 = l_w_ = None
            child_2: "f32[6][1]cpu" = switch[0];  switch = None
            child_3: "f32[6][1]cpu" = child_2 * 2
            return [child_2, child_3]

        class switch_branch0_0(torch.nn.Module):
            def forward(self, child: "f32[6][1]cpu", child_1: "f32[6][1]cpu", l_w__branch1: "f32[6, 6][6, 1]cpu"):
                child_2 = child
                child_3 = child_1
                mul: "f32[6][1]cpu" = child_2 * child_3;  child_2 = child_3 = None
                return (mul,)

        class switch_branch1_0(torch.nn.Module):
            def forward(self, child: "f32[6][1]cpu", child_1: "f32[6][1]cpu", l_w__branch1: "f32[6, 6][6, 1]cpu"):
                child_2 = child
                child_3 = child_1
                matmul: "f32[6][1]cpu" = child_2 @ l_w__branch1;  child_2 = l_w__branch1 = None
                tanh: "f32[6][1]cpu" = torch.tanh(matmul);  matmul = None
                add: "f32[6][1]cpu" = tanh + child_3;  tanh = child_3 = None
                return (add,)
