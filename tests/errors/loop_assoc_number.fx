# 5:13: SHAPE: xs leaves must be a Tensor
#         r = torch.ops.higher_order.associative_scan(body_0, [3], ())
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]", c: "f32[4]"):
        body_0 = self.body_0
        body_1 = self.body_1
        r = torch.ops.higher_order.associative_scan(body_0, [3], ())
        g = r[0]
        return (g,)

    class body_0(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return [s]

    class body_1(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return [s]
