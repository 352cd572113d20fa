class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        wrap_body_0 = self.wrap_body_0
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, l_x_, l_w_, use_reentrant = False);  wrap_body_0 = l_x_ = l_w_ = None
        getitem: "f32[4, 6][6, 1]cpu" = tag_activation_checkpoint[0];  tag_activation_checkpoint = None
        cos: "f32[4, 6][6, 1]cpu" = getitem.cos();  getitem = None
        return (cos,)

    class wrap_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            matmul: "f32[4, 6][6, 1]cpu" = l_x_ @ l_w_;  l_x_ = None
            relu: "f32[4, 6][6, 1]cpu" = torch.relu(matmul);  matmul = None
            matmul_1: "f32[4, 6][6, 1]cpu" = relu @ l_w_;  relu = l_w_ = None
            sigmoid: "f32[4, 6][6, 1]cpu" = torch.sigmoid(matmul_1);  matmul_1 = None
            return (sigmoid,)
