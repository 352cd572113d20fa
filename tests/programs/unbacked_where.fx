ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(a_0, 0);  a_0 = None
            where = torch.ops.aten.where.default(gt);  gt = None
            getitem_2: "i64[u0]" = where[0]
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(getitem_2, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 24)" = sym_size_int <= 24;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
            getitem_1: "i64[u0]" = where[1];  where = None
            return (getitem_2, getitem_1)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    getitem_2: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24]}
