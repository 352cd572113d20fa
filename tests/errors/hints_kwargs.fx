# 4:13: SCHEMA: kwargs must be a dict, got 3
#         w = torch.ops.higher_order.hints_wrapper(body, (x,), 3, hints = {})
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.hints_wrapper(body, (x,), 3, hints = {})
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
