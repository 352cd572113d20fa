# 5:13: SHAPE: Leading dimensions of mapped xs must be consistent. Got shapes [torch.Size([3, 4]), torch.Size([2, 4])].
#         r = torch.ops.higher_order.map_impl(body_0, [x, y], [])
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]", y: "f32[2, 4]"):
        body_0 = self.body_0
        body_1 = self.body_1
        r = torch.ops.higher_order.map_impl(body_0, [x, y], [])
        g = r[0]
        return (g,)

    class body_0(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return (s,)

    class body_1(torch.nn.Module):
        def forward(self, a: "f32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return (s,)
