# 4:13: SCHEMA: wrap_with_set_grad_enabled expects no keyword arguments (got 1).
#         w = torch.ops.higher_order.wrap_with_set_grad_enabled(False, body, x, scale = 2)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.wrap_with_set_grad_enabled(False, body, x, scale = 2)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
