# 4:13: SCHEMA: hints must be a dict, got a list
#         w = torch.ops.higher_order.hints_wrapper(body, (x,), {}, hints = [])
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.hints_wrapper(body, (x,), {}, hints = [])
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
