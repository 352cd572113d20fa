ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(a_0, 0);  a_0 = None
            argwhere: "i64[u0, 2]" = torch.ops.aten.argwhere.default(gt);  gt = None
            sym_size_int_1: "Sym(u0)" = torch.ops.aten.sym_size.int(argwhere, 0);  argwhere = None
            ge: "Sym(u0 >= 0)" = sym_size_int_1 >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 24)" = sym_size_int_1 <= 24
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
            add: "Sym(u0 + 1)" = sym_size_int_1 + 1;  sym_size_int_1 = None
            return (add,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24]}
