class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        x: "f32[6][1]cpu" = l_x_[0]
        scan_combine_fn_0 = self.scan_combine_fn_0
        scan = torch.ops.higher_order.scan(scan_combine_fn_0, [x], [l_x_], [l_w_]);  scan_combine_fn_0 = x = l_x_ = l_w_ = None
        out: "f32[4, 6][6, 1]cpu" = scan[1];  scan = None
        return (out,)

    class scan_combine_fn_0(torch.nn.Module):
        def forward(self, child: "f32[6][1]cpu", child_1: "f32[6][1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            wrap_body_0 = self.wrap_body_0
            tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, child, l_w_, child_1, use_reentrant = False);  wrap_body_0 = child = l_w_ = child_1 = None
            child_2: "f32[6][1]cpu" = tag_activation_checkpoint[0];  tag_activation_checkpoint = None
            child_3: "f32[6][1]cpu" = child_2 * 2
            return [child_2, child_3]

        class wrap_body_0(torch.nn.Module):
            def forward(self, child: "f32[6][1]cpu", l_w_: "f32[6, 6][6, 1]cpu", child_1: "f32[6][1]cpu"):
                matmul: "f32[6][1]cpu" = child @ l_w_;  child = l_w_ = None
                exp: "f32[6][1]cpu" = matmul.exp();  matmul = None
                add: "f32[6][1]cpu" = exp + child_1;  exp = child_1 = None
                tanh: "f32[6][1]cpu" = torch.tanh(add);  add = None
                return (tanh,)
