ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[4]", i: "i64[2]"):
            a = torch.ops.aten.index.Tensor(x, [i])
            return (a,)
    
Graph signature:
    # inputs
    x: USER_INPUT
    i: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
