# 4:13: SCHEMA: hints must be a dict containing int, float, bool or str value, got value None for key a.
#         w = torch.ops.higher_order.hints_wrapper(body, (x,), {}, hints = {'a': None})
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.hints_wrapper(body, (x,), {}, hints = {'a': None})
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
