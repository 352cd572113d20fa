ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[4, 4]", i: "b8[4]", j: "b8[4]"):
            a: "f32[u0]" = torch.ops.aten.index.Tensor(x, [i, j])
            return (a,)
    
Graph signature:
    # inputs
    x: USER_INPUT
    i: USER_INPUT
    j: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
