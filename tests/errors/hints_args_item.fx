# 4:13: SCHEMA: args must be a tuple of tensors, ints, floats, or bools, got text
#         w = torch.ops.higher_order.hints_wrapper(body, ('text',), {}, hints = {})
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.hints_wrapper(body, ('text',), {}, hints = {})
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
