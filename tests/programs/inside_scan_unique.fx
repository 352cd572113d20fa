ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, c: "i64[]", xs: "i64[5, 4]"):
            g = self.step
            s = torch.ops.higher_order.scan(g, [c], [xs], ())
            a = s[0]
            b = s[1]
            return (a, b)
    
        class step(torch.nn.Module):
            def forward(self, c: "i64[]", x: "i64[4]"):
                u = torch.ops.aten._unique2.default(x)
                v: "i64[u0]" = u[0]
                q = torch.ops.aten.sum.default(v)
                y = torch.ops.aten.add.Tensor(c, q)
                z = torch.ops.aten.mul.Tensor(y, 1)
                return (y, z)
    
Graph signature:
    # inputs
    c: USER_INPUT
    xs: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    b: USER_OUTPUT
    
Range constraints: {}
