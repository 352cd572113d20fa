# 5:13: SCHEMA: torch.while_loop expects 4 positional arguments (got 3) and no keyword arguments (got 0) Usage: while_loop(cond_fn, body_fn, operands)
#         r = torch.ops.higher_order.while_loop(body_0, body_1, (c, c))
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]", c: "f32[4]"):
        body_0 = self.body_0
        body_1 = self.body_1
        r = torch.ops.higher_order.while_loop(body_0, body_1, (c, c))
        g = r[0]
        return (g,)

    class body_0(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return s

    class body_1(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return (s, s)
