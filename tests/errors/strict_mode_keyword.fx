# 4:13: SCHEMA: strict_mode higher order op expects no keyword arguments (got 1).
#         w = torch.ops.higher_order.strict_mode(body, (x,), strict = True)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.strict_mode(body, (x,), strict = True)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
