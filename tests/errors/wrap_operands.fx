# 4:13: SCHEMA: wrap: expected a body and an operand for each input of it
#         w = torch.ops.higher_order.wrap(body)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.wrap(body)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
