# 4:13: SCHEMA: wrap: kwargs should have been flattened into lifted args.
#         w = torch.ops.higher_order.wrap(body, x, scale = 2)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.wrap(body, x, scale = 2)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
