# 4:13: SCHEMA: wrap_with_autocast expects device_type, dtype, enabled, and cache_enabled arguments to be constants.
#         w = torch.ops.higher_order.wrap_with_autocast(x, torch.bfloat16, True, None, body, x)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.wrap_with_autocast(x, torch.bfloat16, True, None, body, x)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
