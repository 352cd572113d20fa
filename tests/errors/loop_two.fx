# 5:13: SHAPE: All xs leaves must have the same scan dimension size
#         r = torch.ops.higher_order.scan(body_0, [c], [x, y], ())
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]", y: "f32[2, 4]", c: "f32[4]"):
        body_0 = self.body_0
        body_1 = self.body_1
        r = torch.ops.higher_order.scan(body_0, [c], [x, y], ())
        g = r[0]
        return (g,)

    class body_0(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]", d: "f32[4]"):
            s = a + b
            t = a * b
            return [s, t]

    class body_1(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]", d: "f32[4]"):
            s = a + b
            t = a * b
            return [s, t]
