ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            select: "f32[6]" = torch.ops.aten.select.int(a_0, 1, 0)
            gt_1: "b8[6]" = torch.ops.aten.gt.Scalar(select, 0);  select = None
            index: "f32[u0, 4]" = torch.ops.aten.index.Tensor(a_0, [gt_1]);  a_0 = gt_1 = None
            sym_size_int_1: "Sym(u0)" = torch.ops.aten.sym_size.int(index, 0)
            ge_1: "Sym(u0 >= 0)" = sym_size_int_1 >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u0 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
            le_1: "Sym(u0 <= 6)" = sym_size_int_1 <= 6;  sym_size_int_1 = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u0 <= 6 on node 'le_1'");  le_1 = _assert_scalar_default_1 = None
    
            # File: <eval_with_key>.5:10 in forward, code: cond = torch.ops.higher_order.cond(l_args_0_, cond_true_0, cond_false_0, (l_args_1_closure_0_cell_contents, l_args_3_0_));  l_args_0_ = cond_true_0 = cond_false_0 = l_args_1_closure_0_cell_contents = l_args_3_0_ = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (p_w, index));  gt = true_graph_0 = false_graph_0 = p_w = index = None
            getitem_1: "f32[u1, 4]" = cond[0];  cond = None
            sym_size_int_2: "Sym(u1)" = torch.ops.aten.sym_size.int(getitem_1, 0)
            ge_2: "Sym(u1 >= 0)" = sym_size_int_2 >= 0
            _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(ge_2, "Runtime assertion failed for expression u1 >= 0 on node 'ge_2'");  ge_2 = _assert_scalar_default_2 = None
            le_2: "Sym(u1 <= 6)" = sym_size_int_2 <= 6;  sym_size_int_2 = None
            _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(le_2, "Runtime assertion failed for expression u1 <= 6 on node 'le_2'");  le_2 = _assert_scalar_default_3 = None
            return (getitem_1,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, p_w: "f32[4]", index: "f32[u0, 4]"):
                # File: <eval_with_key>.6:7 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_0_cell_contents_1;  l_args_3_0__1 = l_args_1_closure_0_cell_contents_1 = None
                mul: "f32[u0, 4]" = torch.ops.aten.mul.Tensor(index, p_w);  index = p_w = None
    
                # File: <eval_with_key>.6:8 in forward, code: sin = mul.sin();  mul = None
                sin: "f32[u0, 4]" = torch.ops.aten.sin.default(mul);  mul = None
                return (sin,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, p_w: "f32[4]", index: "f32[u0, 4]"):
                # File: <eval_with_key>.7:7 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_0_cell_contents_1;  l_args_3_0__1 = l_args_1_closure_0_cell_contents_1 = None
                mul: "f32[u0, 4]" = torch.ops.aten.mul.Tensor(index, p_w);  index = p_w = None
    
                # File: <eval_with_key>.7:8 in forward, code: mul_1 = mul * 2;  mul = None
                mul_1: "f32[u0, 4]" = torch.ops.aten.mul.Tensor(mul, 2);  mul = None
                return (mul_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[0, 6], u1: VR[0, 6]}
