ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]", a_1: "f32[s6 + 1, 4]"):
            slice_1: "f32[s6, 4]" = torch.ops.aten.slice.Tensor(a_1, 0, 1, 9223372036854775807);  a_1 = None
            add: "f32[s6, 4]" = torch.ops.aten.add.Tensor(a_0, slice_1);  a_0 = slice_1 = None
            return (add,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {s6: VR[2, 64], s6 + 1: VR[3, 65]}
