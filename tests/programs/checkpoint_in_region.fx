class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        subgraph_0 = self.subgraph_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', l_x_, l_w_);  subgraph_0 = l_x_ = None
        getitem: "f32[4, 6][6, 1]cpu" = invoke_subgraph[0];  invoke_subgraph = None
        subgraph_1 = self.subgraph_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_0', getitem, l_w_);  subgraph_1 = getitem = l_w_ = None
        getitem_1: "f32[4, 6][6, 1]cpu" = invoke_subgraph_1[0];  invoke_subgraph_1 = None
        return (getitem_1,)

    class subgraph_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
            wrap_body_0 = self.wrap_body_0
            tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, l_x_, l_w_, use_reentrant = False);  wrap_body_0 = l_w_ = None
            getitem: "f32[4, 6][6, 1]cpu" = tag_activation_checkpoint[0];  tag_activation_checkpoint = None
            mul: "f32[4, 6][6, 1]cpu" = getitem * l_x_;  getitem = l_x_ = None
            return (mul,)

        class wrap_body_0(torch.nn.Module):
            def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
                matmul: "f32[4, 6][6, 1]cpu" = l_x_ @ l_w_;  l_x_ = l_w_ = None
                tanh: "f32[4, 6][6, 1]cpu" = torch.tanh(matmul);  matmul = None
                exp: "f32[4, 6][6, 1]cpu" = tanh.exp();  tanh = None
                sin: "f32[4, 6][6, 1]cpu" = exp.sin();  exp = None
                return (sin,)
