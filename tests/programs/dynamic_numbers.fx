ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]"):
            # No stacktrace found for following nodes
            sym_size_int_1: "Sym(s6)" = torch.ops.aten.sym_size.int(a_0, 0)
    
            sym_float: "Sym(ToFloat(s6))" = torch.sym_float(sym_size_int_1)
            pow_1: "Sym(FloatPow(ToFloat(s6), 0.5))" = sym_float ** 0.5;  sym_float = None
            div: "f32[s6, 4]" = torch.ops.aten.div.Tensor(a_0, pow_1);  pow_1 = None
            truediv: "Sym(IntTrueDiv(s6, 3))" = sym_size_int_1 / 3
            mul: "f32[s6, 4]" = torch.ops.aten.mul.Tensor(a_0, truediv);  truediv = None
            add: "f32[s6, 4]" = torch.ops.aten.add.Tensor(div, mul);  div = mul = None
            truediv_1: "Sym(IntTrueDiv(s6, 2))" = sym_size_int_1 / 2;  sym_size_int_1 = None
            trunc: "Sym(TruncToInt(IntTrueDiv(s6, 2)))" = math_trunc(truediv_1);  truediv_1 = None
            mul_1: "f32[s6, 4]" = torch.ops.aten.mul.Tensor(a_0, trunc);  a_0 = trunc = None
            add_1: "f32[s6, 4]" = torch.ops.aten.add.Tensor(add, mul_1);  add = mul_1 = None
            return (add_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    add_1: USER_OUTPUT
    
Range constraints: {s6: VR[2, int_oo]}
