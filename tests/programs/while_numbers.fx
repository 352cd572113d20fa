class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (0.5, 0, True, x), ())
        getitem: "Sym(u0)" = while_loop[0]
        getitem_1: "Sym(u1)" = while_loop[1]
        getitem_2: "Sym(u2)" = while_loop[2]
        getitem_3: "f32[4]" = while_loop[3]
        return (getitem, getitem_1, getitem_2, getitem_3)

    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "Sym(zuf0)", arg1_1: "Sym(u3)", arg2_1: "Sym(u4)", arg3_1: "f32[4]"):
            return arg2_1

    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "Sym(zuf0)", arg1_1: "Sym(u3)", arg2_1: "Sym(u4)", arg3_1: "f32[4]"):
            mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg3_1, arg0_1)
            mul_1 = arg0_1 * 1.5
            add = mul_1 + arg1_1
            add_1: "Sym(u3 + 1)" = arg1_1 + 1
            lt = add < 20.0
            return (add, add_1, lt, mul)
