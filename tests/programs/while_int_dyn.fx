ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]"):
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (0, a_0), ());  while_loop_cond_graph_0 = while_loop_body_graph_0 = a_0 = None
            getitem_2: "Sym(u2)" = while_loop[0]
            getitem_1: "f32[s6, 4]" = while_loop[1];  while_loop = None
            return (getitem_2, getitem_1)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u3)", arg1_1: "f32[s6, 4]"):
                sym_size_int_1: "Sym(s6)" = torch.ops.aten.sym_size.int(arg1_1, 0);  arg1_1 = None
    
                mul: "Sym(2*u3)" = 2 * arg0_1;  arg0_1 = None
                lt: "Sym(2*u3 < s6)" = mul < sym_size_int_1;  mul = sym_size_int_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u3)", arg1_1: "f32[s6, 4]"):
                add: "Sym(u3 + 1)" = arg0_1 + 1
                add_1: "f32[s6, 4]" = torch.ops.aten.add.Tensor(arg1_1, arg0_1);  arg1_1 = arg0_1 = None
                return (add, add_1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem_2: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[-int_oo, int_oo], u2: VR[-int_oo, int_oo], u3: VR[-int_oo, int_oo], u4: VR[-int_oo, int_oo], s6: VR[0, int_oo]}
