ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]"):
            # No stacktrace found for following nodes
            sym_size_int_1: "Sym(s6)" = torch.ops.aten.sym_size.int(a_0, 0)
    
            truediv: "Sym(IntTrueDiv(s6, 3))" = sym_size_int_1 / 3;  sym_size_int_1 = None
            round_1: "Sym(RoundDecimal(IntTrueDiv(s6, 3), 1))" = round(truediv, 1);  truediv = None
            mul: "f32[s6, 4]" = torch.ops.aten.mul.Tensor(a_0, round_1);  a_0 = round_1 = None
            return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    mul: USER_OUTPUT
    
Range constraints: {s6: VR[2, int_oo]}
