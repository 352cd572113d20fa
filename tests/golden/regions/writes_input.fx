# A region that writes its input, twice: its new contents are returned behind the outputs.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]", n: "f32[8]"):
        subgraph_0 = self.subgraph_0
        a = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', n, x)
        getitem: "f32[8]" = a[0]
        subgraph_1 = self.subgraph_0
        b = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_0', n, getitem)
        getitem_1: "f32[8]" = b[0]
        return (getitem_1,)

    class subgraph_0(torch.nn.Module):
        def forward(self, n: "f32[8]", x: "f32[8]"):
            add_: "f32[8]" = n.add_(1)
            mul: "f32[8]" = x * n
            return (mul,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]", n: "f32[8]"):
        subgraph_0 = self.subgraph_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'functionalized_subgraph_0', n, x);  subgraph_0 = n = x = None
        getitem: "f32[8]" = invoke_subgraph[1]
        getitem_1: "f32[8]" = invoke_subgraph[0];  invoke_subgraph = None
        subgraph_1 = self.subgraph_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'functionalized_subgraph_0', getitem, getitem_1);  subgraph_1 = getitem = getitem_1 = None
        getitem_3: "f32[8]" = invoke_subgraph_1[1]
        getitem_4: "f32[8]" = invoke_subgraph_1[0];  invoke_subgraph_1 = None
        return (getitem_3, getitem_4)
    class subgraph_0(torch.nn.Module):
        def forward(self, n: "f32[8]", x: "f32[8]"):
            add: "f32[8]" = torch.ops.aten.add.Tensor(n, 1);  n = None
            mul: "f32[8]" = torch.ops.aten.mul.Tensor(x, add);  x = None
            return (mul, add)
