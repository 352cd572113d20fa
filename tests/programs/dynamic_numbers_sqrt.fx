ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]"):
            # No stacktrace found for following nodes
            sym_size_int_1: "Sym(s6)" = torch.ops.aten.sym_size.int(a_0, 0)
    
            sym_float: "Sym(ToFloat(s6))" = torch.sym_float(sym_size_int_1);  sym_size_int_1 = None
            _sym_sqrt: "Sym(OpaqueUnaryFn_sqrt(ToFloat(s6)))" = torch._sym_sqrt(sym_float);  sym_float = None
            div: "f32[s6, 4]" = torch.ops.aten.div.Tensor(a_0, _sym_sqrt);  a_0 = _sym_sqrt = None
            return (div,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    div: USER_OUTPUT
    
Range constraints: {s6: VR[2, int_oo]}
