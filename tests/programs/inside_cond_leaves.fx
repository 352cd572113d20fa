ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]"):
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0,));  gt = true_graph_0 = false_graph_0 = a_0 = None
            getitem_1: "f32[u4]" = cond[0];  cond = None
            sym_size_int: "Sym(u4)" = torch.ops.aten.sym_size.int(getitem_1, 0)
            ge: "Sym(u4 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u4 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u4 <= 24)" = sym_size_int <= 24;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u4 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
            sin: "f32[u4]" = torch.ops.aten.sin.default(getitem_1);  getitem_1 = None
            return (sin,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]"):
                gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(a_0, 0)
                index: "f32[u5]" = torch.ops.aten.index.Tensor(a_0, [gt]);  a_0 = gt = None
                sym_size_int: "Sym(u5)" = torch.ops.aten.sym_size.int(index, 0)
                ge: "Sym(u5 >= 0)" = sym_size_int >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u5 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(u5 <= 24)" = sym_size_int <= 24;  sym_size_int = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u5 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
                mul: "f32[u5]" = torch.ops.aten.mul.Tensor(index, 2);  index = None
                return (mul,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]"):
                lt: "b8[6, 4]" = torch.ops.aten.lt.Scalar(a_0, 0)
                index: "f32[u6]" = torch.ops.aten.index.Tensor(a_0, [lt]);  a_0 = lt = None
                sym_size_int: "Sym(u6)" = torch.ops.aten.sym_size.int(index, 0)
                ge: "Sym(u6 >= 0)" = sym_size_int >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u6 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(u6 <= 24)" = sym_size_int <= 24;  sym_size_int = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u6 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
                sin: "f32[u6]" = torch.ops.aten.sin.default(index);  index = None
                return (sin,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    sin: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24], u1: VR[0, 24], u2: VR[0, 24], u3: VR[0, 24], u4: VR[0, 24], u5: VR[0, 24], u6: VR[0, 24], u7: VR[0, 24], u8: VR[0, 24], u9: VR[0, 24]}
