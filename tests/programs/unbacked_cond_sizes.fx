ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
    
            # File: <eval_with_key>.47:10 in forward, code: cond = torch.ops.higher_order.cond(l_args_0_, cond_true_0, cond_false_0, (l_args_1_closure_0_cell_contents, l_args_3_0_));  l_args_0_ = cond_true_0 = cond_false_0 = l_args_1_closure_0_cell_contents = l_args_3_0_ = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (p_w, a_0));  gt = true_graph_0 = false_graph_0 = p_w = a_0 = None
            getitem_1: "f32[u0, 4]" = cond[0];  cond = None
            sym_size_int_1: "Sym(u0)" = torch.ops.aten.sym_size.int(getitem_1, 0)
            ge_1: "Sym(u0 >= 3)" = sym_size_int_1 >= 3
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u0 >= 3 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
            le_1: "Sym(u0 <= 5)" = sym_size_int_1 <= 5;  sym_size_int_1 = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u0 <= 5 on node 'le_1'");  le_1 = _assert_scalar_default_1 = None
    
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            sum_2: "f32[]" = torch.ops.aten.sum.default(getitem_1);  getitem_1 = None
            return (sum_2,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
                # File: <eval_with_key>.48:7 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_0_cell_contents_1;  l_args_3_0__1 = l_args_1_closure_0_cell_contents_1 = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  a_0 = p_w = None
    
                # File: <eval_with_key>.48:8 in forward, code: getitem = mul[slice(None, 3, None)];  mul = None
                slice_1: "f32[3, 4]" = torch.ops.aten.slice.Tensor(mul, 0, 0, 3);  mul = None
                return (slice_1,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
                # File: <eval_with_key>.49:7 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_0_cell_contents_1;  l_args_3_0__1 = l_args_1_closure_0_cell_contents_1 = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  a_0 = p_w = None
    
                # File: <eval_with_key>.49:8 in forward, code: mul_1 = mul * 2;  mul = None
                mul_1: "f32[6, 4]" = torch.ops.aten.mul.Tensor(mul, 2);  mul = None
    
                # File: <eval_with_key>.49:9 in forward, code: getitem = mul_1[slice(None, 5, None)];  mul_1 = None
                slice_1: "f32[5, 4]" = torch.ops.aten.slice.Tensor(mul_1, 0, 0, 5);  mul_1 = None
                return (slice_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    sum_2: USER_OUTPUT
    
Range constraints: {u0: VR[3, 5]}
