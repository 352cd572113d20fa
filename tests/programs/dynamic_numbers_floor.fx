ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]"):
            # No stacktrace found for following nodes
            sym_size_int_1: "Sym(s6)" = torch.ops.aten.sym_size.int(a_0, 0)
    
            sym_float: "Sym(ToFloat(s6))" = torch.sym_float(sym_size_int_1);  sym_size_int_1 = None
            truediv: "Sym(FloatTrueDiv(ToFloat(s6), 2.0))" = sym_float / 2.0
            floor: "Sym(FloorToInt(FloatTrueDiv(ToFloat(s6), 2.0)))" = math_floor(truediv);  truediv = None
            sym_float_1: "Sym(ToFloat(FloorToInt(FloatTrueDiv(ToFloat(s6), 2.0))))" = torch.sym_float(floor);  floor = None
            mod: "Sym(Mod(ToFloat(s6), 4.5))" = sym_float % 4.5;  sym_float = None
            add: "Sym((Mod(ToFloat(s6), 4.5)) + ToFloat(FloorToInt(FloatTrueDiv(ToFloat(s6), 2.0))))" = sym_float_1 + mod;  sym_float_1 = mod = None
            mul: "f32[s6, 4]" = torch.ops.aten.mul.Tensor(a_0, add);  a_0 = add = None
            return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    mul: USER_OUTPUT
    
Range constraints: {s6: VR[2, int_oo]}
