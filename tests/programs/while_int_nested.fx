ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]"):
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (0, a_0), ());  while_loop_cond_graph_0 = while_loop_body_graph_0 = a_0 = None
            getitem_2: "Sym(u6)" = while_loop[0]
            getitem_1: "f32[4]" = while_loop[1];  while_loop = None
            return (getitem_2, getitem_1)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u7)", arg1_1: "f32[4]"):
                lt: "Sym(u7 < 3)" = arg0_1 < 3;  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u7)", arg1_1: "f32[4]"):
                add: "Sym(u7 + 1)" = arg0_1 + 1
                while_loop_cond_graph_0 = self.while_loop_cond_graph_0
                while_loop_body_graph_0 = self.while_loop_body_graph_0
                while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (0, arg1_1), (arg0_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = arg1_1 = arg0_1 = None
                getitem_1: "f32[4]" = while_loop[1];  while_loop = None
                add_1: "f32[4]" = torch.ops.aten.add.Tensor(getitem_1, 0.5);  getitem_1 = None
                return (add, add_1)
    
            class while_loop_cond_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "Sym(u8)", arg1_1: "f32[4]", arg2_1: "Sym(u7)"):
                    add: "Sym(u7 + 1)" = arg2_1 + 1;  arg2_1 = None
                    lt: "Sym(u8 < u7 + 1)" = arg0_1 < add;  arg0_1 = add = None
                    return lt
    
            class while_loop_body_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "Sym(u8)", arg1_1: "f32[4]", arg2_1: "Sym(u7)"):
                    add: "Sym(u8 + 1)" = arg0_1 + 1
                    sin: "f32[4]" = torch.ops.aten.sin.default(arg1_1);  arg1_1 = None
                    mul: "f32[4]" = torch.ops.aten.mul.Tensor(sin, 1.1);  sin = None
                    add_1: "f32[4]" = torch.ops.aten.add.Tensor(mul, arg0_1);  mul = arg0_1 = None
                    return (add, add_1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem_2: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[-int_oo, int_oo], u2: VR[-int_oo, int_oo], u3: VR[-int_oo, int_oo], u4: VR[-int_oo, int_oo], u5: VR[-int_oo, int_oo], u6: VR[-int_oo, int_oo], u7: VR[-int_oo, int_oo], u8: VR[-int_oo, int_oo], u9: VR[-int_oo, int_oo], u10: VR[-int_oo, int_oo], u11: VR[-int_oo, int_oo]}
