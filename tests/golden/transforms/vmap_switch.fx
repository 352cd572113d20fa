# An index for each example chooses among all branches; one for all stays a switch.
# run: infer transform=vmap(size=4,in_dims=(0,None));vmap(size=2,in_dims=(None,0))
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", i: "i64[]"):
        branch0 = self.branch0
        branch1 = self.branch1
        branch2 = self.branch2
        switch = torch.ops.higher_order.switch(i, [branch0, branch1, branch2], (x,))
        getitem: "f32[3]" = switch[0]
        return (getitem,)

    class branch0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            sin: "f32[3]" = torch.ops.aten.sin.default(arg0_1)
            return (sin,)

    class branch1(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            cos: "f32[3]" = torch.ops.aten.cos.default(arg0_1)
            return (cos,)

    class branch2(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            exp: "f32[3]" = torch.ops.aten.exp.default(arg0_1)
            return (exp,)

# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[4, 3]", i: "i64[2]"):
        le: "b8[2]" = torch.ops.aten.le.Scalar(i, 0)
        eq: "b8[2]" = torch.ops.aten.eq.Scalar(i, 1);  i = None
        exp: "f32[4, 3]" = torch.ops.aten.exp.default(x)
        cos: "f32[4, 3]" = torch.ops.aten.cos.default(x)
        view: "b8[2, 1, 1]" = torch.ops.aten.view.default(eq, [2, 1, 1]);  eq = None
        where: "f32[2, 4, 3]" = torch.ops.aten.where.self(view, cos, exp);  view = cos = exp = None
        sin: "f32[4, 3]" = torch.ops.aten.sin.default(x);  x = None
        view_1: "b8[2, 1, 1]" = torch.ops.aten.view.default(le, [2, 1, 1]);  le = None
        where_1: "f32[2, 4, 3]" = torch.ops.aten.where.self(view_1, sin, where);  view_1 = sin = where = None
        return (where_1,)
