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
            matmul: "f32[4, 6][6, 1]cpu" = l_x_ @ l_w_;  l_x_ = l_w_ = None
            batch_norm: "f32[4, 6][6, 1]cpu" = torch.nn.functional.batch_norm(matmul, None, None, training = True);  matmul = None
            exp: "f32[4, 6][6, 1]cpu" = batch_norm.exp();  batch_norm = None
            return (exp,)
