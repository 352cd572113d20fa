ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[s27, 4]"):
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (0, a_0), (a_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = a_0 = a_1 = None
            getitem_2: "Sym(u3)" = while_loop[0]
            getitem_1: "f32[4]" = while_loop[1];  while_loop = None
            return (getitem_2, getitem_1)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u4)", arg1_1: "f32[4]", arg2_1: "f32[s27, 4]"):
                sym_size_int_1: "Sym(s27)" = torch.ops.aten.sym_size.int(arg2_1, 0);  arg2_1 = None
    
                lt: "Sym(u4 < s27)" = arg0_1 < sym_size_int_1;  arg0_1 = sym_size_int_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u4)", arg1_1: "f32[4]", arg2_1: "f32[s27, 4]"):
                sym_size_int_1: "Sym(s27)" = torch.ops.aten.sym_size.int(arg2_1, 0)
    
                add: "Sym(u4 + 1)" = arg0_1 + 1
                select: "f32[4]" = torch.ops.aten.select.int(arg2_1, 0, arg0_1);  arg2_1 = None
                sub: "Sym(s27 - u4)" = sym_size_int_1 - arg0_1;  sym_size_int_1 = arg0_1 = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(select, sub);  select = sub = None
                add_1: "f32[4]" = torch.ops.aten.add.Tensor(arg1_1, mul);  arg1_1 = mul = None
                return (add, add_1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem_2: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[-int_oo, int_oo], u2: VR[-int_oo, int_oo], u3: VR[-int_oo, int_oo], u4: VR[-int_oo, int_oo], u5: VR[-int_oo, int_oo], u6: VR[-int_oo, int_oo], u7: VR[-int_oo, int_oo], s27: VR[0, int_oo]}
