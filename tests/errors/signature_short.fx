# 11:1: SYNTAX: the signature has 1 inputs and 0 outputs, the program 1 and 1
# Range constraints: {}
# ^
ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[s10]"):
            sin: "f32[s10]" = torch.ops.aten.sin.default(x);  x = None
            return (sin,)

Graph signature:
    # inputs
    x: USER_INPUT

Range constraints: {}
