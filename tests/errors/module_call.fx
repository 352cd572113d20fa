# 3:18: UNSUPPORTED: calls of modules are not supported: 'self.linear' has no operator; export the program
#         linear = self.linear(x)
#                  ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        linear = self.linear(x)
        return (linear,)
