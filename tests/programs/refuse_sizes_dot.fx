ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[4]", y: "f32[3]", i: "b8[4]"):
            b: "f32[u0]" = torch.ops.aten.index.Tensor(x, [i])
            a = torch.ops.aten.dot.default(b, y)
            return (a,)
    
Graph signature:
    # inputs
    x: USER_INPUT
    y: USER_INPUT
    i: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
