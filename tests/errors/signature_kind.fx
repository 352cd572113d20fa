# 9:5: SYNTAX: 'WEIGHT' is no kind of input
#     x: WEIGHT target='x'
#     ^
ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[s10]"):
            sin: "f32[s10]" = torch.ops.aten.sin.default(x);  x = None
            return (sin,)

Graph signature:
    # inputs
    x: WEIGHT target='x'

    # outputs
    sin: USER_OUTPUT

Range constraints: {}
