class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu", L_v_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        l_v_ = L_v_
        wrap_body_0 = self.wrap_body_0
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, l_x_, l_w_, use_reentrant = False);  wrap_body_0 = l_x_ = None
        getitem: "f32[4, 6][6, 1]cpu" = tag_activation_checkpoint[0];  tag_activation_checkpoint = None
        wrap_body_1 = self.wrap_body_1
        tag_activation_checkpoint_1 = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_1, getitem, l_v_, use_reentrant = False);  wrap_body_1 = getitem = l_v_ = None
        getitem_1: "f32[4, 6][6, 1]cpu" = tag_activation_checkpoint_1[0];  tag_activation_checkpoint_1 = None
        wrap_body_2 = self.wrap_body_2
        tag_activation_checkpoint_2 = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_2, getitem_1, l_w_, use_reentrant = False);  wrap_body_2 = getitem_1 = l_w_ = None
        getitem_2: "f32[4, 6][6, 1]cpu" = tag_activation_checkpoint_2[0];  tag_activation_checkpoint_2 = None
        return (getitem_2,)

    class wrap_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            matmul: "f32[4, 6][6, 1]cpu" = l_x_ @ l_w_;  l_x_ = l_w_ = None
            sin: "f32[4, 6][6, 1]cpu" = matmul.sin();  matmul = None
            return (sin,)

    class wrap_body_1(torch.nn.Module):
        def forward(self, getitem: "f32[4, 6][6, 1]cpu", l_v_: "f32[6, 6][6, 1]cpu"):
            matmul: "f32[4, 6][6, 1]cpu" = getitem @ l_v_;  getitem = l_v_ = None
            tanh: "f32[4, 6][6, 1]cpu" = torch.tanh(matmul);  matmul = None
            return (tanh,)

    class wrap_body_2(torch.nn.Module):
        def forward(self, getitem_1: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            matmul: "f32[4, 6][6, 1]cpu" = getitem_1 @ l_w_;  getitem_1 = l_w_ = None
            sigmoid: "f32[4, 6][6, 1]cpu" = torch.sigmoid(matmul);  matmul = None
            return (sigmoid,)
