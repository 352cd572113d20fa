ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]", a_1: "f32[2*s6, 4]"):
            repeat: "f32[2*s6, 4]" = torch.ops.aten.repeat.default(a_0, [2, 1]);  a_0 = None
            add: "f32[2*s6, 4]" = torch.ops.aten.add.Tensor(repeat, a_1);  repeat = a_1 = None
            return (add,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {s6: VR[2, 64], 2*s6: VR[4, 128]}
