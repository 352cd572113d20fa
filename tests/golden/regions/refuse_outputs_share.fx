# Nor two outputs that share storage.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]"):
        subgraph_0 = self.subgraph_0
        a = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x)
        getitem: "f32[8]" = a[0]
        getitem_1: "f32[2, 4]" = a[1]
        return (getitem, getitem_1)

    class subgraph_0(torch.nn.Module):
        def forward(self, x: "f32[8]"):
            sin: "f32[8]" = x.sin()
            view: "f32[2, 4]" = sin.view(2, 4)
            return (sin, view)
# expect error:
Encountered aliasing during higher order op tracing: Higher order ops do not support aliasing. Found in invoke_subgraph
