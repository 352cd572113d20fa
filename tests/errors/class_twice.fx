# 9:5: SYNTAX: the class 'body' is defined twice
#     class body(torch.nn.Module):
#     ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        return (x,)

    class body(torch.nn.Module):
        def forward(self, x: "f32[2]"):
            return (x,)

    class body(torch.nn.Module):
        def forward(self, x: "f32[2]"):
            return (x,)
