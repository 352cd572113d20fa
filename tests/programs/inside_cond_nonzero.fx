ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]"):
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0,));  gt = true_graph_0 = false_graph_0 = a_0 = None
            getitem: "f32[4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]"):
                select: "f32[6]" = torch.ops.aten.select.int(a_0, 1, 0)
                gt: "b8[6]" = torch.ops.aten.gt.Scalar(select, 0);  select = None
                nonzero: "i64[u2, 1]" = torch.ops.aten.nonzero.default(gt);  gt = None
                sym_size_int: "Sym(u2)" = torch.ops.aten.sym_size.int(nonzero, 0)
                ge: "Sym(u2 >= 0)" = sym_size_int >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u2 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(u2 <= 6)" = sym_size_int <= 6;  sym_size_int = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u2 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
                squeeze: "i64[u2]" = torch.ops.aten.squeeze.dim(nonzero, 1);  nonzero = None
                index: "f32[u2, 4]" = torch.ops.aten.index.Tensor(a_0, [squeeze]);  a_0 = squeeze = None
                sin: "f32[u2, 4]" = torch.ops.aten.sin.default(index);  index = None
                sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(sin, [0]);  sin = None
                return (sum_1,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]"):
                sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(a_0, [0]);  a_0 = None
                return (sum_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {u0: VR[0, 6], u1: VR[0, 6], u2: VR[0, 6], u3: VR[0, 6]}
