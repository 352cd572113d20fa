class GraphModule(torch.nn.Module):
    def forward(self, L_self_parameters_w_: "f32[4, 4]", s77: "Sym(s77)", s27: "Sym(4)", L_x_: "f32[s77, 4]"):
        l_self_parameters_w_ = L_self_parameters_w_
        l_x_ = L_x_

        # File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        subgraph_0 = self.subgraph_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', s77, s27, l_x_, l_self_parameters_w_);  subgraph_0 = None
        getitem: "f32[s77, 4]" = invoke_subgraph[0];  invoke_subgraph = None
        mul: "f32[s77, 4]" = l_x_ * 2;  l_x_ = None
        subgraph_1 = self.subgraph_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_0', s77, s27, mul, l_self_parameters_w_);  subgraph_1 = s77 = s27 = mul = l_self_parameters_w_ = None
        getitem_1: "f32[s77, 4]" = invoke_subgraph_1[0];  invoke_subgraph_1 = None
        add: "f32[s77, 4]" = getitem + getitem_1;  getitem = getitem_1 = None
        sum_1: "f32[]" = add.sum();  add = None
        return (sum_1,)

    class subgraph_0(torch.nn.Module):
        def forward(self, s77: "Sym(s77)", s27: "Sym(4)", l_x_: "f32[s77, 4]", l_self_parameters_w_: "f32[4, 4]"):
            # File: captured.py:220 in region, code: return (x @ w).sin() * x.shape[0]
            matmul: "f32[s77, 4]" = l_x_ @ l_self_parameters_w_;  l_self_parameters_w_ = None
            sin: "f32[s77, 4]" = matmul.sin();  matmul = None
            size = l_x_.size();  l_x_ = None
            getitem_1: "Sym(4)" = size[1];  size = getitem_1 = None
            mul: "f32[s77, 4]" = sin * s77;  sin = s77 = None
            return (mul,)
