ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]", a_1: "i64[]"):
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0, a_1));  gt = true_graph_0 = false_graph_0 = a_0 = a_1 = None
            getitem: "f32[6, 4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]", a_1: "i64[]"):
                item: "Sym(u2)" = torch.ops.aten.item.default(a_1);  a_1 = None
                ge_1: "Sym(u2 >= 0)" = item >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u2 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
                le_1: "Sym(u2 <= 6)" = item <= 6
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u2 <= 6 on node 'le_1'");  le_1 = _assert_scalar_default_1 = None
                ones: "f32[u2]" = torch.ops.aten.ones.default([item], device = device(type='cpu'), pin_memory = False);  item = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(ones);  ones = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(sum_1, a_0);  sum_1 = a_0 = None
                return (mul,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]", a_1: "i64[]"):
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {u0: VR[0, 6], u1: VR[0, 6], u2: VR[0, 6]}
