ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[4]", i: "i64[]"):
            n = torch.ops.aten.item.default(i)
            a = torch.ops.aten.select.int(x, 0, n)
            return (a,)
    
Graph signature:
    # inputs
    x: USER_INPUT
    i: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
