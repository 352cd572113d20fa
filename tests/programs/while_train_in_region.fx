class GraphModule(torch.nn.Module):
    def forward(self, x: "f64[3, 4]", w: "f64[4, 4]"):
        region = self.region
        first = torch.ops.higher_order.invoke_subgraph(region, 'region', x, w)
        once = first[0]
        second = torch.ops.higher_order.invoke_subgraph(region, 'region', once, w)
        twice = second[0]
        return (once, twice)

    class region(torch.nn.Module):
        def forward(self, x: "f64[3, 4]", w: "f64[4, 4]"):
            test = self.test
            body = self.body
            start = torch.ops.aten.zeros.default([], dtype = torch.int64)
            loop = torch.ops.higher_order.while_loop(test, body, (start, x), (w, ))
            last = loop[1]
            return (last,)

        class test(torch.nn.Module):
            def forward(self, i: "i64[]", h: "f64[3, 4]", w: "f64[4, 4]"):
                lt = torch.ops.aten.lt.Scalar(i, 3)
                return lt

        class body(torch.nn.Module):
            def forward(self, i: "i64[]", h: "f64[3, 4]", w: "f64[4, 4]"):
                next = torch.ops.aten.add.Tensor(i, 1)
                product = torch.ops.aten.matmul.default(h, w)
                tanh = torch.ops.aten.tanh.default(product)
                return (next, tanh)
