ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]"):
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (0, a_0), ());  while_loop_cond_graph_0 = while_loop_body_graph_0 = a_0 = None
            getitem_2: "Sym(u2)" = while_loop[0]
            getitem_1: "f32[4]" = while_loop[1];  while_loop = None
            return (getitem_2, getitem_1)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u3)", arg1_1: "f32[4]"):
                lt: "Sym(u3 < 4)" = arg0_1 < 4;  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u3)", arg1_1: "f32[4]"):
                add: "Sym(u3 + 1)" = arg0_1 + 1
                gt: "b8[4]" = torch.ops.aten.gt.Scalar(arg1_1, arg0_1)
                sub: "f32[4]" = torch.ops.aten.sub.Tensor(arg1_1, arg0_1)
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg1_1, 2);  arg1_1 = None
                sym_float: "Sym(ToFloat(u3))" = torch.sym_float(arg0_1);  arg0_1 = None
                mul_1: "Sym(0.5*ToFloat(u3))" = sym_float * 0.5;  sym_float = None
                add_1: "f32[4]" = torch.ops.aten.add.Tensor(mul, mul_1);  mul = mul_1 = None
                where: "f32[4]" = torch.ops.aten.where.self(gt, sub, add_1);  gt = sub = add_1 = None
                return (add, where)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem_2: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[-int_oo, int_oo], u2: VR[-int_oo, int_oo], u3: VR[-int_oo, int_oo], u4: VR[-int_oo, int_oo]}
