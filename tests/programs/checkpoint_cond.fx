class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        wrap_body_0 = self.wrap_body_0
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, l_x_, l_w_, use_reentrant = False);  wrap_body_0 = l_x_ = l_w_ = None
        getitem: "f32[4, 6][6, 1]cpu" = tag_activation_checkpoint[0];  tag_activation_checkpoint = None
        return (getitem,)

    class wrap_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            sum_1: "f32[][]cpu" = l_x_.sum()
            gt: "b8[][]cpu" = sum_1 > 0;  sum_1 = None
            cond_true_0 = self.cond_true_0
            cond_false_0 = self.cond_false_0
            cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (l_x_, l_w_));  gt = cond_true_0 = cond_false_0 = l_x_ = l_w_ = None
            getitem: "f32[4, 6][6, 1]cpu" = cond[0];  cond = None
            sin: "f32[4, 6][6, 1]cpu" = getitem.sin();  getitem = None
            return (sin,)

        class cond_true_0(torch.nn.Module):
            def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w__true_branch: "f32[6, 6][6, 1]cpu"):
                l_x__1 = l_x_
                matmul: "f32[4, 6][6, 1]cpu" = l_x__1 @ l_w__true_branch;  l_x__1 = l_w__true_branch = None
                tanh: "f32[4, 6][6, 1]cpu" = matmul.tanh();  matmul = None
                exp: "f32[4, 6][6, 1]cpu" = tanh.exp();  tanh = None
                return (exp,)

        class cond_false_0(torch.nn.Module):
            def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w__true_branch: "f32[6, 6][6, 1]cpu"):
                l_x__1 = l_x_
                mul: "f32[4, 6][6, 1]cpu" = l_x__1 * 2;  l_x__1 = None
                return (mul,)
