ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]"):
            # No stacktrace found for following nodes
            sym_size_int_1: "Sym(s6)" = torch.ops.aten.sym_size.int(a_0, 0)
    
            floordiv: "Sym((s6//2))" = sym_size_int_1 // 2;  sym_size_int_1 = None
            roll: "f32[s6, 4]" = torch.ops.aten.roll.default(a_0, [floordiv], [0]);  floordiv = None
            mul: "f32[s6, 4]" = torch.ops.aten.mul.Tensor(roll, a_0);  roll = a_0 = None
            return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    mul: USER_OUTPUT
    
Range constraints: {s6: VR[2, int_oo]}
