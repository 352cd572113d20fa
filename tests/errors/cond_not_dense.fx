# 5:16: SHAPE: It seems one of cond's output stride is not a simple accumulative multiplication of sizes. This could be because cond returns a slice of a tensor, which is not dense in memory. True branch has size torch.Size([6, 2]), stride (4, 1) and false branch has size torch.Size([6, 3]) stride (4, 1). Hint: can call t.contiguous(). 
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
            y = torch.ops.aten.slice.Tensor(x, 1, 0, 2)
            return (y,)

    class no(torch.nn.Module):
        def forward(self, x: "f32[6, 4]"):
            y = torch.ops.aten.slice.Tensor(x, 1, 0, 3)
            return (y,)
