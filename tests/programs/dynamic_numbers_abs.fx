ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]"):
            # No stacktrace found for following nodes
            sym_size_int_1: "Sym(s6)" = torch.ops.aten.sym_size.int(a_0, 0)
    
            sub: "Sym(s6 - 10)" = sym_size_int_1 - 10;  sym_size_int_1 = None
            abs_1: "Sym(Abs(s6 - 10))" = _operator_abs(sub);  sub = None
            mul: "f32[s6, 4]" = torch.ops.aten.mul.Tensor(a_0, abs_1);  a_0 = abs_1 = None
            return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    mul: USER_OUTPUT
    
Range constraints: {s6: VR[2, int_oo]}
