class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f32[3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        cond = self.cond
        body = self.body
        loop = torch.ops.higher_order.while_loop_stack_output(cond, body, (zeros, x), (n,))
        i: "i64[u0]" = loop[0]
        y: "f32[u0, 3]" = loop[1]
        return (i, y)

    class cond(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f32[3]", n: "i64[]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(i, n)
            return (lt,)

    class body(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f32[3]", n: "i64[]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(i, 1)
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(x, 2)
            return (add, mul)
