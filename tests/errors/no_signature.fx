# 5:1: SYNTAX: expected a line 'Graph signature:' behind the module, found the end of the text
#
# ^
ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[2]"):
            return (x,)
