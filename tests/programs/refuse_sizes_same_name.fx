ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[4]", y: "f32[4]", i: "b8[4]", j: "b8[4]"):
            b: "f32[u0]" = torch.ops.aten.index.Tensor(x, [i])
            c: "f32[u0]" = torch.ops.aten.index.Tensor(y, [j])
            a = torch.ops.aten.add.Tensor(b, c)
            return (a,)
    
Graph signature:
    # inputs
    x: USER_INPUT
    y: USER_INPUT
    i: USER_INPUT
    j: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
