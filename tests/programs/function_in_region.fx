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
            fwd_body_0 = self.fwd_body_0
            bwd_body_0 = self.bwd_body_0
            autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, l_x_, l_w_, non_differentiable_idx = [], saved_for_backward_idx = [0, 1, 2]);  fwd_body_0 = bwd_body_0 = l_x_ = l_w_ = None
            getitem: "f32[4, 6][6, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
            sin: "f32[4, 6][6, 1]cpu" = getitem.sin();  getitem = None
            return (sin,)

        class fwd_body_0(torch.nn.Module):
            def forward(self, l_x_: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu"):
                _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
                matmul: "f32[4, 6][6, 1]cpu" = l_x_ @ l_w_
                y: "f32[4, 6][6, 1]cpu" = torch.tanh(matmul);  matmul = None
                _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
                return ((y,), (y, l_w_, l_x_))

        class bwd_body_0(torch.nn.Module):
            def forward(self, g: "f32[4, 6][6, 1]cpu", y: "f32[4, 6][6, 1]cpu", l_w_: "f32[6, 6][6, 1]cpu", l_x_: "f32[4, 6][6, 1]cpu"):
                _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
                mul: "f32[4, 6][6, 1]cpu" = y * y;  y = None
                sub: "f32[4, 6][6, 1]cpu" = 1 - mul;  mul = None
                d: "f32[4, 6][6, 1]cpu" = g * sub;  g = sub = None
                t: "f32[6, 6][1, 6]cpu" = l_w_.t();  l_w_ = None
                matmul: "f32[4, 6][6, 1]cpu" = d @ t;  t = None
                t_1: "f32[6, 4][1, 6]cpu" = l_x_.t();  l_x_ = None
                matmul_1: "f32[6, 6][6, 1]cpu" = t_1 @ d;  t_1 = d = None
                _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
                return (matmul, matmul_1)
