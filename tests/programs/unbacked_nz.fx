ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            select: "f32[6]" = torch.ops.aten.select.int(a_0, 1, 0)
            gt: "b8[6]" = torch.ops.aten.gt.Scalar(select, 0);  select = None
            nonzero: "i64[u0, 1]" = torch.ops.aten.nonzero.default(gt);  gt = None
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(nonzero, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 6)" = sym_size_int <= 6;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
            squeeze: "i64[u0]" = torch.ops.aten.squeeze.dim(nonzero, 1);  nonzero = None
            index: "f32[u0, 4]" = torch.ops.aten.index.Tensor(a_0, [squeeze]);  a_0 = squeeze = None
            mul: "f32[u0, 4]" = torch.ops.aten.mul.Tensor(index, p_w);  index = p_w = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(mul);  mul = None
            return (sum_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {u0: VR[0, 6]}
