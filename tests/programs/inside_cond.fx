ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]"):
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0,));  gt = true_graph_0 = false_graph_0 = a_0 = None
            getitem: "f32[]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]"):
                gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(a_0, 0)
                index: "f32[u2]" = torch.ops.aten.index.Tensor(a_0, [gt]);  a_0 = gt = None
                sym_size_int: "Sym(u2)" = torch.ops.aten.sym_size.int(index, 0)
                ge: "Sym(u2 >= 0)" = sym_size_int >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u2 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(u2 <= 24)" = sym_size_int <= 24;  sym_size_int = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u2 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(index);  index = None
                return (sum_1,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]"):
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(mul);  mul = None
                return (sum_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24], u1: VR[0, 24], u2: VR[0, 24], u3: VR[0, 24]}
