# A region may not hand out its input.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]"):
        subgraph_0 = self.subgraph_0
        a = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x)
        getitem: "f32[8]" = a[0]
        return (getitem,)

    class subgraph_0(torch.nn.Module):
        def forward(self, x: "f32[8]"):
            view: "f32[2, 4]" = x.view(2, 4)
            view_1: "f32[8]" = view.view(8)
            return (view_1,)
# expect error:
Encountered aliasing during higher order op tracing: Higher order ops do not support aliasing. Found in invoke_subgraph
