ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(mul, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i64[6, 4]" = torch.ops.aten.to.dtype(mul, torch.int64);  mul = None
            _unique2 = torch.ops.aten._unique2.default(to, True, True, True);  to = None
            getitem_3: "i64[u0]" = _unique2[0]
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(getitem_3, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 24)" = sym_size_int <= 24;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
            getitem_1: "i64[6, 4]" = _unique2[1]
            getitem_2: "i64[u0]" = _unique2[2];  _unique2 = None
            return (getitem_3, getitem_1, getitem_2)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    getitem_3: USER_OUTPUT
    getitem_1: USER_OUTPUT
    getitem_2: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24]}
