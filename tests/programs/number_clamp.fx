ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]", a_1: "f32[]"):
            item: "Sym(zuf0)" = torch.ops.aten.item.default(a_1);  a_1 = None
            clamp: "f32[6, 4]" = torch.ops.aten.clamp.default(a_0, None, item);  item = None
            sin: "f32[6, 4]" = torch.ops.aten.sin.default(clamp);  clamp = None
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(sin, a_0);  sin = a_0 = None
            return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    mul: USER_OUTPUT
    
Range constraints: {zuf0: VR[-oo, oo], zuf1: VR[-oo, oo]}
