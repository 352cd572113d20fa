# 5:13: REFUSED: Infinite loop detected because while_loop's cond_fn always returns the same value True.
#         r = torch.ops.higher_order.while_loop(body_0, body_1, (c, c), ())
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]", c: "f32[4]"):
        body_0 = self.body_0
        body_1 = self.body_1
        r = torch.ops.higher_order.while_loop(body_0, body_1, (c, c), ())
        g = r[0]
        return (g,)

    class body_0(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return True

    class body_1(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return (s, s)
