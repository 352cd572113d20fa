# 4:13: SCHEMA: wrap_with_set_grad_enabled expects grad_enabled argument to be a constant.
#         w = torch.ops.higher_order.wrap_with_set_grad_enabled(x, body, x)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.wrap_with_set_grad_enabled(x, body, x)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
