ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]", a_1: "f32[]"):
            item: "Sym(zuf0)" = torch.ops.aten.item.default(a_1);  a_1 = None
            add: "f32[6, 4]" = torch.ops.aten.add.Tensor(a_0, a_0, alpha = item);  a_0 = item = None
            sin: "f32[6, 4]" = torch.ops.aten.sin.default(add);  add = None
            return (sin,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    sin: USER_OUTPUT
    
Range constraints: {zuf0: VR[-oo, oo], zuf1: VR[-oo, oo]}
