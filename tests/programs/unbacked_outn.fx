ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(a_0, 0)
            sum_1: "i64[]" = torch.ops.aten.sum.default(gt);  gt = None
            item: "Sym(u0)" = torch.ops.aten.item.default(sum_1);  sum_1 = None
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  p_w = None
            select: "f32[6]" = torch.ops.aten.select.int(a_0, 1, 0);  a_0 = None
            gt_1: "b8[6]" = torch.ops.aten.gt.Scalar(select, 0);  select = None
            index: "f32[u1, 4]" = torch.ops.aten.index.Tensor(mul, [gt_1]);  mul = gt_1 = None
            sym_size_int: "Sym(u1)" = torch.ops.aten.sym_size.int(index, 0)
            ge: "Sym(u1 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u1 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u1 <= 6)" = sym_size_int <= 6;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u1 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
            return (item, index)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    item: USER_OUTPUT
    index: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[0, 6]}
