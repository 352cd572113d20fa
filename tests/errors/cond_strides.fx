# 5:16: SHAPE: The sorted order of strides of the two branches' output doesn't match.this indicates the contiguousness of the two branches are different. True branch has stride (6, 1) but false branch has stride (1, 4).Consider using contiguous() to make the two branches have the same contiguousness.
#         cond = torch.ops.higher_order.cond(p, yes, no, (x,))
#                ^
class GraphModule(torch.nn.Module):
    def forward(self, p: "b8[]", x: "f32[6, 4]"):
        yes = self.yes
        no = self.no
        cond = torch.ops.higher_order.cond(p, yes, no, (x,))
        getitem = cond[0]
        return (getitem,)

    class yes(torch.nn.Module):
        def forward(self, x: "f32[6, 4]"):
            y = torch.ops.aten.mm.default(x, x.t())
            return (y,)

    class no(torch.nn.Module):
        def forward(self, x: "f32[6, 4]"):
            y = torch.ops.aten.t.default(x)
            return (y,)
