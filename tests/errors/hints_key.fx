# 4:13: SCHEMA: hints key must be a str, got 1.
#         w = torch.ops.higher_order.hints_wrapper(body, (x,), {}, hints = {1: 2})
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.hints_wrapper(body, (x,), {}, hints = {1: 2})
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
