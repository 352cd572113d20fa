# 4:13: SCHEMA: strict_mode higher order op expects flat inputs (list/tuple/dict/set)
#         w = torch.ops.higher_order.strict_mode(body, x)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.strict_mode(body, x)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
