# 5:13: SHAPE: Expected init and carry to have same metadata but found:
pair[0] differ in 'dtype: torch.int32 vs torch.float32', where lhs is i32[4] and rhs is f32[4]
#         r = torch.ops.higher_order.scan(body_0, [c], [x], ())
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]", c: "i32[4]"):
        body_0 = self.body_0
        body_1 = self.body_1
        r = torch.ops.higher_order.scan(body_0, [c], [x], ())
        g = r[0]
        return (g,)

    class body_0(torch.nn.Module):
        def forward(self, a: "i32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return [s, t]

    class body_1(torch.nn.Module):
        def forward(self, a: "i32[4]", b: "f32[4]"):
            s = a + b
            t = a * b
            return [s, t]
