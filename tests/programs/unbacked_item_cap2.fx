ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
    
            # File: <eval_with_key>.432:10 in forward, code: cond = torch.ops.higher_order.cond(l_args_0_, cond_true_0, cond_false_0, (l_args_1_closure_0_cell_contents, l_args_3_0_));  l_args_0_ = cond_true_0 = cond_false_0 = l_args_1_closure_0_cell_contents = l_args_3_0_ = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (p_w, a_0));  gt = true_graph_0 = false_graph_0 = p_w = a_0 = None
            getitem: "f32[6, 4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
                # File: <eval_with_key>.433:7 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_0_cell_contents_1;  l_args_1_closure_0_cell_contents_1 = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  p_w = None
    
                # File: <eval_with_key>.433:8 in forward, code: max_1 = l_args_3_0__1.max();  l_args_3_0__1 = None
                max_1: "f32[]" = torch.ops.aten.max.default(a_0);  a_0 = None
    
                # File: <eval_with_key>.433:9 in forward, code: item = max_1.item();  max_1 = None
                item: "Sym(zuf0)" = torch.ops.aten.item.default(max_1);  max_1 = None
    
                # File: <eval_with_key>.433:10 in forward, code: mul_1 = mul * item;  mul = item = None
                mul_1: "f32[6, 4]" = torch.ops.aten.mul.Tensor(mul, item);  mul = item = None
                return (mul_1,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
                # File: <eval_with_key>.434:7 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_0_cell_contents_1;  l_args_3_0__1 = l_args_1_closure_0_cell_contents_1 = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  a_0 = p_w = None
                return (mul,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {zuf0: VR[-oo, oo], zuf1: VR[-oo, oo], zuf2: VR[-oo, oo]}
