ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]", a_1: "i64[]"):
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
    
            # File: <eval_with_key>.299:11 in forward, code: while_loop = torch.ops.higher_order.while_loop(cond_fn_0, body_fn_0, (l_args_2_0_, l_args_2_1_), (l_args_0_closure_0_cell_contents_closure_0_cell_contents, l_args_1_closure_0_cell_contents_closure_0_cell_contents));  cond_fn_0 = body_fn_0 = l_args_2_0_ = l_args_2_1_ = l_args_0_closure_0_cell_contents_closure_0_cell_contents = l_args_1_closure_0_cell_contents_closure_0_cell_contents = None
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, a_0), (a_1, p_w));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = a_0 = a_1 = p_w = None
            getitem: "i64[]" = while_loop[0];  getitem = None
            getitem_1: "f32[6, 4]" = while_loop[1];  while_loop = None
            return (getitem_1,)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[6, 4]", arg2_1: "i64[]", arg3_1: "f32[4]"):
                # File: <eval_with_key>.300:5 in forward, code: item = l_args_0_closure_0_cell_contents_closure_0_cell_contents_cond_fn.item();  l_args_0_closure_0_cell_contents_closure_0_cell_contents_cond_fn = None
                item: "Sym(u0)" = torch.ops.aten.item.default(arg2_1);  arg2_1 = None
    
                # File: <eval_with_key>.300:6 in forward, code: lt = child < item;  child = item = None
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, item);  arg0_1 = item = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[6, 4]", arg2_1: "i64[]", arg3_1: "f32[4]"):
                # File: <eval_with_key>.301:5 in forward, code: child = child_2 + 1;  child_2 = None
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
    
                # File: <eval_with_key>.301:6 in forward, code: child_4 = child_3 * l_args_1_closure_0_cell_contents_closure_0_cell_contents_body_fn;  child_3 = l_args_1_closure_0_cell_contents_closure_0_cell_contents_body_fn = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(arg1_1, arg3_1);  arg1_1 = arg3_1 = None
                return (add, mul)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[1, int_oo]}
