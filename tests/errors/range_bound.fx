# 14:14: SYNTAX: expected a bound of a range, found 'many'
#  {s10: VR[2, many]}
#              ^
ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[s10]"):
            sin: "f32[s10]" = torch.ops.aten.sin.default(x);  x = None
            return (sin,)

Graph signature:
    # inputs
    x: USER_INPUT

    # outputs
    sin: USER_OUTPUT

Range constraints: {s10: VR[2, many]}
