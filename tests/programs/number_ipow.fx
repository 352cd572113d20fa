ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]", a_1: "i64[]"):
            item: "Sym(u0)" = torch.ops.aten.item.default(a_1);  a_1 = None
            pow_1: "f32[6, 4]" = torch.ops.aten.pow.Tensor_Scalar(a_0, item);  a_0 = item = None
            return (pow_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    pow_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[-int_oo, int_oo]}
