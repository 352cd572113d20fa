ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, c: "f32[4]", xs: "f32[5, 4]", w: "f32[4, 4]"):
            g = self.step
            s = torch.ops.higher_order.scan(g, [c], [xs], (w,))
            a = s[0]
            b = s[1]
            return (a, b)
    
        class step(torch.nn.Module):
            def forward(self, c: "f32[4]", x: "f32[4]", w: "f32[4, 4]"):
                v: "f32[4]" = torch.ops.aten.mul.Tensor(x, c)
                gt = torch.ops.aten.gt.Scalar(v, 0)
                picked: "f32[u0]" = torch.ops.aten.masked_select.default(v, gt)
                e = torch.ops.aten.exp.default(picked)
                sum_1 = torch.ops.aten.sum.default(e)
                mm = torch.ops.aten.matmul.default(x, w)
                y = torch.ops.aten.mul.Tensor(mm, sum_1)
                n = torch.ops.aten.tanh.default(y)
                z = torch.ops.aten.mul.Tensor(n, sum_1)
                return (n, z)
    
Graph signature:
    # inputs
    c: USER_INPUT
    xs: USER_INPUT
    w: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    b: USER_OUTPUT
    
Range constraints: {}
