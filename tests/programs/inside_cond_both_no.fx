ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4, 4]", a_0: "f32[6, 4]"):
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0, p_w));  gt = true_graph_0 = false_graph_0 = a_0 = p_w = None
            getitem: "f32[4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]", p_w: "f32[4, 4]"):
                select: "f32[6]" = torch.ops.aten.select.int(a_0, 1, 0)
                gt: "b8[6]" = torch.ops.aten.gt.Scalar(select, 0);  select = None
                index: "f32[u6, 4]" = torch.ops.aten.index.Tensor(a_0, [gt]);  a_0 = gt = None
                sym_size_int: "Sym(u6)" = torch.ops.aten.sym_size.int(index, 0)
                ge: "Sym(u6 >= 0)" = sym_size_int >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u6 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(u6 <= 6)" = sym_size_int <= 6;  sym_size_int = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u6 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
                matmul: "f32[u6, 4]" = torch.ops.aten.matmul.default(index, p_w);  index = p_w = None
                sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(matmul, [0]);  matmul = None
                return (sum_1,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[6, 4]", p_w: "f32[4, 4]"):
                select: "f32[6]" = torch.ops.aten.select.int(a_0, 1, 1)
                lt: "b8[6]" = torch.ops.aten.lt.Scalar(select, 0);  select = None
                index: "f32[u7, 4]" = torch.ops.aten.index.Tensor(a_0, [lt]);  a_0 = lt = None
                sym_size_int: "Sym(u7)" = torch.ops.aten.sym_size.int(index, 0)
                ge: "Sym(u7 >= 0)" = sym_size_int >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u7 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(u7 <= 6)" = sym_size_int <= 6;  sym_size_int = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u7 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
                exp: "f32[u7, 4]" = torch.ops.aten.exp.default(index);  index = None
                sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(exp, [0]);  exp = None
                return (sum_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {u0: VR[0, 6], u1: VR[0, 6], u2: VR[0, 6], u3: VR[0, 6], u4: VR[0, 6], u5: VR[0, 6], u6: VR[0, 6], u7: VR[0, 6], u8: VR[0, 6], u9: VR[0, 6], u10: VR[0, 6], u11: VR[0, 6]}
