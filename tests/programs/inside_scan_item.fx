ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, c: "f32[]", ks: "i64[5]", xs: "f32[5, 4]"):
            g = self.step
            s = torch.ops.higher_order.scan(g, [c], [ks, xs], ())
            a = s[0]
            b = s[1]
            return (a, b)
    
        class step(torch.nn.Module):
            def forward(self, c: "f32[]", k: "i64[]", x: "f32[4]"):
                n: "Sym(u0)" = torch.ops.aten.item.default(k)
                r: "f32[u0]" = torch.ops.aten.slice.Tensor(x, 0, 0, n)
                q = torch.ops.aten.sum.default(r)
                o: "f32[u0]" = torch.ops.aten.ones.default([n])
                q2 = torch.ops.aten.sum.default(o)
                m = torch.ops.aten.mul.Tensor(q, q2)
                y = torch.ops.aten.add.Tensor(c, m)
                z = torch.ops.aten.mul.Tensor(y, 1)
                return (y, z)
    
Graph signature:
    # inputs
    c: USER_INPUT
    ks: USER_INPUT
    xs: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    b: USER_OUTPUT
    
Range constraints: {}
