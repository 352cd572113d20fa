ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[5, 4]"):
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (0, a_0), (a_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = a_0 = a_1 = None
            getitem_2: "Sym(u4)" = while_loop[0]
            getitem_1: "f32[4]" = while_loop[1];  while_loop = None
            return (getitem_2, getitem_1)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u5)", arg1_1: "f32[4]", arg2_1: "f32[5, 4]"):
                lt: "Sym(u5 < 3)" = arg0_1 < 3;  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u5)", arg1_1: "f32[4]", arg2_1: "f32[5, 4]"):
                add: "Sym(u5 + 1)" = arg0_1 + 1
                narrow: "f32[2, 4]" = torch.ops.aten.narrow.default(arg2_1, 0, arg0_1, 2);  arg2_1 = arg0_1 = None
                sym_size_int: "Sym(2)" = torch.ops.aten.sym_size.int(narrow, 0)
                sym_storage_offset_default: "Sym(u7)" = torch.ops.aten.sym_storage_offset.default(narrow)
                ge: "Sym(True)" = sym_size_int >= 2
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u6 >= 2 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(True)" = sym_size_int <= 2
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u6 <= 2 on node 'le'");  le = _assert_scalar_default_1 = None
                eq: "Sym(True)" = sym_size_int == 2;  sym_size_int = None
                _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(eq, "Runtime assertion failed for expression Eq(u6, 2) on node 'eq'");  eq = _assert_scalar_default_2 = None
                ge_1: "Sym(u7 >= 0)" = sym_storage_offset_default >= 0;  sym_storage_offset_default = None
                _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u7 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default_3 = None
                sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(narrow, [0]);  narrow = None
                add_1: "f32[4]" = torch.ops.aten.add.Tensor(arg1_1, sum_1);  arg1_1 = sum_1 = None
                return (add, add_1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem_2: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[-5, 5], u2: VR[2, 2], u3: VR[0, int_oo], u4: VR[-int_oo, int_oo], u5: VR[-5, 5], u6: VR[2, 2], u7: VR[0, int_oo], u8: VR[2, 2], u9: VR[0, int_oo], u10: VR[-int_oo, int_oo]}
