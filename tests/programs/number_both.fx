ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]", a_1: "i64[]"):
            item: "Sym(u0)" = torch.ops.aten.item.default(a_1);  a_1 = None
            slice_1: "f32[u1, 4]" = torch.ops.aten.slice.Tensor(a_0, 0, 0, item)
            sym_size_int: "Sym(u1)" = torch.ops.aten.sym_size.int(slice_1, 0)
            ge: "Sym(u1 >= 0)" = sym_size_int >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u1 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u1 <= 6)" = sym_size_int <= 6;  sym_size_int = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u1 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(slice_1);  slice_1 = None
            mul: "f32[]" = torch.ops.aten.mul.Tensor(sum_1, item);  sum_1 = item = None
            sin: "f32[6, 4]" = torch.ops.aten.sin.default(a_0);  a_0 = None
            add: "f32[6, 4]" = torch.ops.aten.add.Tensor(mul, sin);  mul = sin = None
            return (add,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[0, 6], u2: VR[-int_oo, int_oo], u3: VR[0, 6]}
