# A branch for each example cannot choose a number of the program.
# run: transform=vmap(size=2)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", p: "b8[]"):
        true_graph_0 = self.true_graph_0
        false_graph_0 = self.false_graph_0
        cond = torch.ops.higher_order.cond(p, true_graph_0, false_graph_0, (x,))
        getitem: "f32[3]" = cond[0]
        getitem_1: "Sym(u0)" = cond[1]
        return (getitem, getitem_1)

    class true_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            sin: "f32[3]" = torch.ops.aten.sin.default(arg0_1)
            return (sin, 3)

    class false_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            cos: "f32[3]" = torch.ops.aten.cos.default(arg0_1)
            return (cos, 5)

# expect error:
vmap: output 1 of torch.ops.higher_order.cond is a number, which would be another for each example
