ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, xs: "f32[6, 4]", w: "f32[4, 4]"):
            g = self.body
            r = torch.ops.higher_order.map_impl(g, [xs], [w])
            a = r[0]
            return (a,)
    
        class body(torch.nn.Module):
            def forward(self, x: "f32[4]", w: "f32[4, 4]"):
                t = self.yes
                f = self.no
                s = torch.ops.aten.sum.default(x)
                p = torch.ops.aten.gt.Scalar(s, 0)
                c = torch.ops.higher_order.cond(p, t, f, (x, w))
                o = c[0]
                return (o,)
    
            class yes(torch.nn.Module):
                def forward(self, x: "f32[4]", w: "f32[4, 4]"):
                    gt = torch.ops.aten.gt.Scalar(x, 0)
                    nz: "i64[u0, 1]" = torch.ops.aten.nonzero.default(gt)
                    sq: "i64[u0]" = torch.ops.aten.squeeze.dim(nz, 1)
                    rows: "f32[u0, 4]" = torch.ops.aten.index.Tensor(w, [sq])
                    sn = torch.ops.aten.sin.default(rows)
                    o = torch.ops.aten.sum.dim_IntList(sn, [0])
                    return (o,)
    
            class no(torch.nn.Module):
                def forward(self, x: "f32[4]", w: "f32[4, 4]"):
                    o = torch.ops.aten.mul.Tensor(x, 2)
                    return (o,)
    
Graph signature:
    # inputs
    xs: USER_INPUT
    w: USER_INPUT
    
    # outputs
    a: USER_OUTPUT
    
Range constraints: {}
