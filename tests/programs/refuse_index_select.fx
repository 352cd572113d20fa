ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[]", i: "i64[1]"):
            a = torch.ops.aten.index_select.default(x, 0, i)
            return (a,)
    
Graph signature:
    # inputs
    x: USER_INPUT
    i: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
