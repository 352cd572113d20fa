ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
    
            # File: <eval_with_key>.5:10 in forward, code: while_loop = torch.ops.higher_order.while_loop(cond_fn_0, body_fn_0, (l_args_2_0_, l_args_2_1_), (l_args_1_closure_0_cell_contents_closure_0_cell_contents,));  cond_fn_0 = body_fn_0 = l_args_2_0_ = l_args_2_1_ = l_args_1_closure_0_cell_contents_closure_0_cell_contents = None
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, a_0), (p_w,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = a_0 = p_w = None
            getitem: "i64[]" = while_loop[0];  getitem = None
            getitem_1: "f32[6, 4]" = while_loop[1];  while_loop = None
    
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            select: "f32[6]" = torch.ops.aten.select.int(getitem_1, 1, 0)
            gt: "b8[6]" = torch.ops.aten.gt.Scalar(select, 0);  select = None
            index: "f32[u1, 4]" = torch.ops.aten.index.Tensor(getitem_1, [gt]);  getitem_1 = gt = None
            sym_size_int: "Sym(u1)" = torch.ops.aten.sym_size.int(index, 0)
            ge: "Sym(u1 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u1 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u1 <= 6)" = sym_size_int <= 6;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u1 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
            sin: "f32[u1, 4]" = torch.ops.aten.sin.default(index);  index = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(sin);  sin = None
            return (sum_1,)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[6, 4]", arg2_1: "f32[4]"):
                # File: <eval_with_key>.6:5 in forward, code: lt = child < 3;  child = None
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[6, 4]", arg2_1: "f32[4]"):
                # File: <eval_with_key>.7:5 in forward, code: child = child_2 + 1;  child_2 = None
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
    
                # File: <eval_with_key>.7:6 in forward, code: child_4 = child_3 * l_args_1_closure_0_cell_contents_closure_0_cell_contents_body_fn;  child_3 = l_args_1_closure_0_cell_contents_closure_0_cell_contents_body_fn = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(arg1_1, arg2_1);  arg1_1 = arg2_1 = None
                return (add, mul)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {u0: VR[1, int_oo], u1: VR[0, 6]}
