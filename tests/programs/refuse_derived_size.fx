ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2*s44, 4]"):
            unflatten: "f32[2, s44, 4]" = torch.ops.aten.unflatten.int(a_0, 0, [2, -1]);  a_0 = None
            sum_1: "f32[s44, 4]" = torch.ops.aten.sum.dim_IntList(unflatten, [0]);  unflatten = None
            return (sum_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {2*s44: VR[4, 128], s44: VR[2, 64]}
