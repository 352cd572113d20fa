# A predicate for each example chooses by where; one for all stays a branch.
# run: infer transform=vmap(size=4,in_dims=(0,None));vmap(size=2,in_dims=(None,0))
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", p: "b8[]"):
        true_graph_0 = self.true_graph_0
        false_graph_0 = self.false_graph_0
        cond = torch.ops.higher_order.cond(p, true_graph_0, false_graph_0, (x,))
        getitem: "f32[3]" = cond[0]
        return (getitem,)

    class true_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            sin: "f32[3]" = torch.ops.aten.sin.default(arg0_1)
            return (sin,)

    class false_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            ones: "f32[3]" = torch.ops.aten.ones_like.default(arg0_1)
            return (ones,)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[4, 3]", p: "b8[2]"):
        ones_like: "f32[4, 3]" = torch.ops.aten.ones_like.default(x)
        sin: "f32[4, 3]" = torch.ops.aten.sin.default(x);  x = None
        view: "b8[2, 1, 1]" = torch.ops.aten.view.default(p, [2, 1, 1]);  p = None
        where: "f32[2, 4, 3]" = torch.ops.aten.where.self(view, sin, ones_like);  view = sin = ones_like = None
        return (where,)
