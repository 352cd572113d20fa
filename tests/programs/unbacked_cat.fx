ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  p_w = None
            gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(a_0, 0)
            index: "f32[u0]" = torch.ops.aten.index.Tensor(mul, [gt]);  mul = gt = None
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(index, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 24)" = sym_size_int <= 24;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
            lt: "b8[6, 4]" = torch.ops.aten.lt.Scalar(a_0, 0)
            index_1: "f32[u1]" = torch.ops.aten.index.Tensor(a_0, [lt]);  a_0 = lt = None
            sym_size_int_1: "Sym(u1)" = torch.ops.aten.sym_size.int(index_1, 0)
            ge_1: "Sym(u1 >= 0)" = sym_size_int_1 >= 0
            _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u1 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default_2 = None
            le_1: "Sym(u1 <= 24)" = sym_size_int_1 <= 24;  sym_size_int_1 = None
            _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u1 <= 24 on node 'le_1'");  le_1 = _assert_scalar_default_3 = None
            cat: "f32[u0 + u1]" = torch.ops.aten.cat.default([index, index_1]);  index = index_1 = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(cat);  cat = None
            return (sum_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24], u1: VR[0, 24]}
