ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(mul, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i64[6, 4]" = torch.ops.aten.to.dtype(mul, torch.int64);  mul = None
            unique_dim = torch.ops.aten.unique_dim.default(to, 0);  to = None
            getitem_3: "i64[u0, 4]" = unique_dim[0]
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(getitem_3, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 6)" = sym_size_int <= 6;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
            getitem_1: "i64[6]" = unique_dim[1];  getitem_1 = None
            getitem_2: "i64[u0]" = unique_dim[2];  unique_dim = getitem_2 = None
            return (getitem_3,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    getitem_3: USER_OUTPUT
    
Range constraints: {u0: VR[0, 6]}
