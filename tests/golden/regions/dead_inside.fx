# What nothing reads goes, in bodies too; the call keeps its name.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]"):
        subgraph_0 = self.subgraph_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x)
        getitem: "f32[8]" = invoke_subgraph[0]
        return (getitem,)

    class subgraph_0(torch.nn.Module):
        def forward(self, l_x_: "f32[8]"):
            sin: "f32[8]" = l_x_.sin()
            cos: "f32[8]" = l_x_.cos()
            return (sin,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]"):
        subgraph_0 = self.subgraph_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x);  subgraph_0 = x = None
        getitem: "f32[8]" = invoke_subgraph[0];  invoke_subgraph = None
        return (getitem,)
    class subgraph_0(torch.nn.Module):
        def forward(self, l_x_: "f32[8]"):
            sin: "f32[8]" = torch.ops.aten.sin.default(l_x_);  l_x_ = None
            return (sin,)
