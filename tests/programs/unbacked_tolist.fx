ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]", a_1: "i64[1]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  a_0 = p_w = None
            unbind = torch.ops.aten.unbind.int(a_1);  a_1 = None
            getitem: "i64[]" = unbind[0];  unbind = None
            item: "Sym(u0)" = torch.ops.aten.item.default(getitem);  getitem = None
            slice_1: "f32[u1, 4]" = torch.ops.aten.slice.Tensor(mul, 0, None, item);  mul = item = None
            sym_size_int: "Sym(u1)" = torch.ops.aten.sym_size.int(slice_1, 0)
            ge: "Sym(u1 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u1 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u1 <= 6)" = sym_size_int <= 6;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u1 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(slice_1);  slice_1 = None
            return (sum_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[0, 6]}
