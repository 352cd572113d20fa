ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, b_b0: "b8[4]", b_b1: "i64[1]", x: "f32[4, 4]", v: "f32[2]"):
            unsqueeze: "f32[4, 1, 4]" = torch.ops.aten.unsqueeze.default(x, 1);  x = None
            index: "f32[u0, 1]" = torch.ops.aten.index.Tensor(unsqueeze, [b_b0, None, b_b1]);  unsqueeze = b_b0 = b_b1 = None
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(index, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 4)" = sym_size_int <= 4;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 4 on node 'le'");  le = _assert_scalar_default_1 = None
            sin: "f32[u0, 1]" = torch.ops.aten.sin.default(index);  index = None
            return (sin,)
    
Graph signature:
    # inputs
    b_b0: BUFFER target='b0' persistent=True
    b_b1: BUFFER target='b1' persistent=True
    x: USER_INPUT
    v: USER_INPUT
    
    # outputs
    sin: USER_OUTPUT
    
Range constraints: {u0: VR[0, 4], u1: VR[0, 4]}
