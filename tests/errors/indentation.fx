# 4:11: SYNTAX: a line is indented by 10 blanks, the body by 8
#           relu_1 = torch.ops.aten.relu.default(relu)
#           ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        relu = torch.ops.aten.relu.default(x)
          relu_1 = torch.ops.aten.relu.default(relu)
        return (relu,)
