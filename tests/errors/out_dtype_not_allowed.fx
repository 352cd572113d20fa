# 7:13: SCHEMA: out_dtype only allows the following operators: [<OpOverload(op='aten.linear', overload='default')>, <OpOverload(op='aten.mm', overload='default')>, <OpOverload(op='aten.conv2d', overload='default')>, <OpOverload(op='aten.convolution', overload='default')>, <OpOverload(op='aten.mul', overload='Tensor')>, <OpOverload(op='aten.mul', overload='Scalar')>, <OpOverload(op='aten.div', overload='Tensor')>, <OpOverload(op='aten.div', overload='Scalar')>].
#         w = torch.ops.higher_order.out_dtype(torch.ops.aten.add.Tensor, torch.int32, x, x)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", i: "i64[]"):
        body = self.body
        other = self.other
        two = self.two
        constant = self.constant
        w = torch.ops.higher_order.out_dtype(torch.ops.aten.add.Tensor, torch.int32, x, x)
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
