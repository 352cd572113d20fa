ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[4, 2]", i: "i64[2]"):
            a = torch.ops.aten.embedding.default(x, i)
            return (a,)
    
Graph signature:
    # inputs
    x: USER_INPUT
    i: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
