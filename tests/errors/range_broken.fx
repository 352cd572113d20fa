# 14:7: SYNTAX: a string has no end
#  {s10 ': VR[2, 5]}
#       ^
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

Range constraints: {s10 ': VR[2, 5]}
