# 5:16: SHAPE: When merging two branches' output in torch.cond,  expected same dtype but got torch.float32 and torch.bool.
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
            y = torch.ops.aten.sin.default(x)
            return (y,)

    class no(torch.nn.Module):
        def forward(self, x: "f32[6, 4]"):
            y = torch.ops.aten.gt.Scalar(x, 0)
            return (y,)
