ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]"):
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (1, 2, a_0), ());  while_loop_cond_graph_0 = while_loop_body_graph_0 = a_0 = None
            getitem_3: "Sym(u4)" = while_loop[0]
            getitem_4: "Sym(u5)" = while_loop[1]
            getitem_2: "f32[4]" = while_loop[2];  while_loop = None
            return (getitem_3, getitem_4, getitem_2)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u6)", arg1_1: "Sym(u7)", arg2_1: "f32[4]"):
                mul: "Sym(u6*u7)" = arg0_1 * arg1_1;  arg0_1 = arg1_1 = None
                lt: "Sym(u6*u7 < 40)" = mul < 40;  mul = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "Sym(u6)", arg1_1: "Sym(u7)", arg2_1: "f32[4]"):
                add: "Sym(u6 + u7)" = arg0_1 + arg1_1
                floordiv: "Sym((u7//2))" = arg1_1 // 2
                add_1: "Sym(((u7//2)) + 3)" = floordiv + 3;  floordiv = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg2_1, arg0_1);  arg2_1 = arg0_1 = None
                mod: "Sym(PythonMod(u7, 2))" = arg1_1 % 2;  arg1_1 = None
                sub: "f32[4]" = torch.ops.aten.sub.Tensor(mul, mod);  mul = mod = None
                return (add, add_1, sub)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem_3: USER_OUTPUT
    getitem_4: USER_OUTPUT
    getitem_2: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[-int_oo, int_oo], u2: VR[-int_oo, int_oo], u3: VR[-int_oo, int_oo], u4: VR[-int_oo, int_oo], u5: VR[-int_oo, int_oo], u6: VR[-int_oo, int_oo], u7: VR[-int_oo, int_oo], u8: VR[-int_oo, int_oo], u9: VR[-int_oo, int_oo]}
