class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
        first = self.first
        second = self.second
        third = self.third
        switch = torch.ops.higher_order.switch(n, [first, second, third, first], (x, w))
        y: "f64[3]" = switch[0]
        sin: "f64[3]" = torch.ops.aten.sin.default(y)
        return (sin,)

    class first(torch.nn.Module):
        def forward(self, x: "f64[3]", w: "f64[3, 3]"):
            mv: "f64[3]" = torch.ops.aten.mv.default(w, x)
            tanh: "f64[3]" = torch.ops.aten.tanh.default(mv)
            mv_1: "f64[3]" = torch.ops.aten.mv.default(w, tanh)
            return (mv_1,)

    class second(torch.nn.Module):
        def forward(self, x: "f64[3]", w: "f64[3, 3]"):
            exp: "f64[3]" = torch.ops.aten.exp.default(x)
            return (exp,)

    class third(torch.nn.Module):
        def forward(self, x: "f64[3]", w: "f64[3, 3]"):
            mm: "f64[3, 3]" = torch.ops.aten.mm.default(w, w)
            cos: "f64[3, 3]" = torch.ops.aten.cos.default(mm)
            mv: "f64[3]" = torch.ops.aten.mv.default(cos, x)
            sin: "f64[3]" = torch.ops.aten.sin.default(mv)
            return (sin,)
