ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f32[3, 4]"):
            cf = self.test
            bf = self.body
            r = torch.ops.higher_order.while_loop(cf, bf, (i, x), ())
            a = r[1]
            return (a,)
    
        class test(torch.nn.Module):
            def forward(self, i: "i64[]", x: "f32[3, 4]"):
                l = torch.ops.aten.lt.Scalar(i, 3)
                return l
    
        class body(torch.nn.Module):
            def forward(self, i: "i64[]", x: "f32[3, 4]"):
                j = torch.ops.aten.add.Tensor(i, 1)
                gt = torch.ops.aten.gt.Scalar(x, 0.2)
                v: "f32[u0]" = torch.ops.aten.index.Tensor(x, [gt])
                s = torch.ops.aten.sum.default(v)
                y = torch.ops.aten.mul.Tensor(x, s)
                z = torch.ops.aten.sin.default(y)
                return (j, z)
    
Graph signature:
    # inputs
    i: USER_INPUT
    x: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
