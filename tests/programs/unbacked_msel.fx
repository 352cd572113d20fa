ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  p_w = None
            gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(a_0, 0);  a_0 = None
            masked_select: "f32[u0]" = torch.ops.aten.masked_select.default(mul, gt);  mul = gt = None
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(masked_select, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 24)" = sym_size_int <= 24;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
            mean: "f32[]" = torch.ops.aten.mean.default(masked_select);  masked_select = None
            return (mean,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    mean: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24]}
