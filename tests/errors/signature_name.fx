# 9:5: SYNTAX: input 0 is 'x' in the program and 'z' in the signature
#     z: USER_INPUT
#     ^
ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[s10]"):
            sin: "f32[s10]" = torch.ops.aten.sin.default(x);  x = None
            return (sin,)

Graph signature:
    # inputs
    z: USER_INPUT

    # outputs
    sin: USER_OUTPUT

Range constraints: {}
