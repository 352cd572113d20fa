# 7:13: SCHEMA: out_dtype's can only apply to ops that return a single tensorInstead got torch.ops.aten.max.dim
#         w = torch.ops.higher_order.out_dtype(torch.ops.aten.max.dim, torch.int32, x, 0)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", i: "i64[]"):
        body = self.body
        other = self.other
        two = self.two
        constant = self.constant
        w = torch.ops.higher_order.out_dtype(torch.ops.aten.max.dim, torch.int32, x, 0)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)

    class other(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sum()
            return (b,)

    class two(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b, b)

    class constant(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            return (2.5,)
