# 7:13: SCHEMA: Expected at least one branch.
#         w = torch.ops.higher_order.switch(i, [], (x,))
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", i: "i64[]"):
        body = self.body
        other = self.other
        two = self.two
        constant = self.constant
        w = torch.ops.higher_order.switch(i, [], (x,))
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)

    class other(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sum()
            return (b,)

    class two(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b, b)

    class constant(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            return (2.5,)
