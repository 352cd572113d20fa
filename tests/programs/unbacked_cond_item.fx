ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            item: "Sym(zuf0)" = torch.ops.aten.item.default(sum_1);  sum_1 = None
            gt: "Sym(zuf0 > 0.0)" = item > 0.0;  item = None
    
            # File: <eval_with_key>.335:10 in forward, code: cond = torch.ops.higher_order.cond(l_args_0_, cond_true_0, cond_false_0, (l_args_1_closure_0_cell_contents, l_args_3_0_));  l_args_0_ = cond_true_0 = cond_false_0 = l_args_1_closure_0_cell_contents = l_args_3_0_ = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (p_w, a_0));  gt = true_graph_0 = false_graph_0 = p_w = a_0 = None
            getitem: "f32[6, 4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
                # File: <eval_with_key>.336:7 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_0_cell_contents_1;  l_args_3_0__1 = l_args_1_closure_0_cell_contents_1 = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  a_0 = p_w = None
    
                # File: <eval_with_key>.336:8 in forward, code: sin = mul.sin();  mul = None
                sin: "f32[6, 4]" = torch.ops.aten.sin.default(mul);  mul = None
                return (sin,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
                # File: <eval_with_key>.337:7 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_0_cell_contents_1;  l_args_3_0__1 = l_args_1_closure_0_cell_contents_1 = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  a_0 = p_w = None
    
                # File: <eval_with_key>.337:8 in forward, code: mul_1 = mul * 2;  mul = None
                mul_1: "f32[6, 4]" = torch.ops.aten.mul.Tensor(mul, 2);  mul = None
                return (mul_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {zuf0: VR[-oo, oo]}
