class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        subgraph_0 = self.subgraph_0
        invoke_quant = torch._higher_order_ops._invoke_quant.InvokeQuant(codegen_low_precision = True)
        invoke_quant_packed = torch.ops.higher_order.invoke_quant_packed(subgraph_0, l_x_, l_w_, scheme = 'nf4', quant_options = invoke_quant);  subgraph_0 = l_w_ = invoke_quant = None
        getitem: "f32[4, 4][4, 1]cpu" = invoke_quant_packed[0];  invoke_quant_packed = None
        add: "f32[4, 4][4, 1]cpu" = getitem + l_x_;  getitem = l_x_ = None
        return (add,)

    class subgraph_0(torch.nn.Module):
        def forward(self, l_x_: "f32[4, 4][4, 1]cpu", l_w_: "f32[4, 4][4, 1]cpu"):
            sin: "f32[4, 4][4, 1]cpu" = torch.sin(l_x_);  l_x_ = None
            matmul: "f32[4, 4][4, 1]cpu" = sin @ l_w_;  sin = l_w_ = None
            return (matmul,)
