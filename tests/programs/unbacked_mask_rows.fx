ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  p_w = None
            select: "f32[6]" = torch.ops.aten.select.int(a_0, 1, 0);  a_0 = None
            gt: "b8[6]" = torch.ops.aten.gt.Scalar(select, 0);  select = None
            index: "f32[u0, 4]" = torch.ops.aten.index.Tensor(mul, [gt]);  mul = gt = None
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(index, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 6)" = sym_size_int <= 6;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
            return (index,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    index: USER_OUTPUT
    
Range constraints: {u0: VR[0, 6]}
