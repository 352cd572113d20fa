ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]", a_1: "i64[6]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  a_0 = p_w = None
            repeat_interleave: "f32[u0, 4]" = torch.ops.aten.repeat_interleave.self_Tensor(mul, a_1, 0);  mul = a_1 = None
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(repeat_interleave, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0;  sym_size_int = None
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            return (repeat_interleave,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    repeat_interleave: USER_OUTPUT
    
Range constraints: {u0: VR[0, int_oo]}
