ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, xs: "f32[3, 4]", i: "i64[3]"):
            g = self.body
            r = torch.ops.higher_order.map_impl(g, [xs, i], [])
            a = r[0]
            return (a,)
    
        class body(torch.nn.Module):
            def forward(self, x: "f32[4]", k: "i64[]"):
                n: "Sym(u0)" = torch.ops.aten.item.default(k)
                v: "f32[u0]" = torch.ops.aten.ones.default([n])
                o = torch.ops.aten.add.Tensor(v, x)
                return (o,)
    
Graph signature:
    # inputs
    xs: USER_INPUT
    i: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
