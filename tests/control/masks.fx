class GraphModule(torch.nn.Module):
    def forward(self, s: "f32[]"):
        x: "f32[3, 4, 50]" = torch.ops.aten.expand.default(s, [3, 4, 50])
        body_0 = self.body_0
        map_impl = torch.ops.higher_order.map_impl(body_0, [x], [])
        rows: "f32[3, 50]" = map_impl[0]
        zero: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        test_0 = self.test_0
        again_0 = self.again_0
        while_loop = torch.ops.higher_order.while_loop(test_0, again_0, (zero, rows), (s,))
        out: "f32[3, 50]" = while_loop[1]
        total: "f32[]" = torch.ops.aten.sum.default(out)
        return (total,)

    class body_0(torch.nn.Module):
        def forward(self, a: "f32[4, 50]"):
            start: "f32[50]" = torch.ops.aten.zeros.default([50])
            step_0 = self.step_0
            scan = torch.ops.higher_order.scan(step_0, [start], [a], ())
            last: "f32[50]" = scan[0]
            return (last,)

        class step_0(torch.nn.Module):
            def forward(self, c: "f32[50]", b: "f32[50]"):
                drop: "f32[50]" = torch.ops.aten.dropout.default(b, 0.5, True)
                next: "f32[50]" = torch.ops.aten.add.Tensor(c, drop)
                return [next]

    class test_0(torch.nn.Module):
        def forward(self, i: "i64[]", c: "f32[3, 50]", s: "f32[]"):
            less: "b8[]" = torch.ops.aten.lt.Scalar(i, 3)
            return (less,)

    class again_0(torch.nn.Module):
        def forward(self, i: "i64[]", c: "f32[3, 50]", s: "f32[]"):
            more: "i64[]" = torch.ops.aten.add.Tensor(i, 1)
            full: "f32[3, 50]" = torch.ops.aten.expand.default(s, [3, 50])
            drop: "f32[3, 50]" = torch.ops.aten.dropout.default(full, 0.5, True)
            next: "f32[3, 50]" = torch.ops.aten.add.Tensor(c, drop)
            return (more, next)
