class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        test = self.test
        step = self.step
        loop = torch.ops.higher_order.while_loop_stack_output(test, step, (zeros, x), (n, w))
        y: "f64[u0, 3]" = loop[1]
        mul: "f64[u0, 3]" = torch.ops.aten.mul.Tensor(y, x)
        cos: "f64[u0, 3]" = torch.ops.aten.cos.default(mul)
        s: "f64[3]" = torch.ops.aten.sum.dim_IntList(cos, [0])
        first: "f64[3]" = torch.ops.aten.select.int(y, 0, 0)
        last: "f64[3]" = torch.ops.aten.select.int(y, 0, -1)
        back: "f64[u0, 3]" = torch.ops.aten.flip.default(y, [0])
        p: "f64[3]" = torch.ops.aten.mul.Tensor(first, last)
        return (s, p, back)

    class test(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f64[3]", n: "i64[]", w: "f64[3, 3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(i, n)
            return (lt,)

    class step(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f64[3]", n: "i64[]", w: "f64[3, 3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(i, 1)
            mv: "f64[3]" = torch.ops.aten.mv.default(w, x)
            tanh: "f64[3]" = torch.ops.aten.tanh.default(mv)
            sum_1: "f64[3]" = torch.ops.aten.add.Tensor(tanh, x)
            return (add, sum_1)
