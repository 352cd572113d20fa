# Bodies that differ in a constant are two, equal ones are one.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]"):
        subgraph_0 = self.subgraph_0
        a = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x)
        getitem: "f32[8]" = a[0]
        subgraph_1 = self.subgraph_1
        b = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_1', getitem)
        getitem_1: "f32[8]" = b[0]
        subgraph_2 = self.subgraph_2
        c = torch.ops.higher_order.invoke_subgraph(subgraph_2, 'subgraph_2', getitem_1)
        getitem_2: "f32[8]" = c[0]
        return (getitem_2,)

    class subgraph_0(torch.nn.Module):
        def forward(self, x: "f32[8]"):
            mul: "f32[8]" = x * 2
            return (mul,)

    class subgraph_1(torch.nn.Module):
        def forward(self, x: "f32[8]"):
            mul: "f32[8]" = x * 3
            return (mul,)

    class subgraph_2(torch.nn.Module):
        def forward(self, z: "f32[8]"):
            mul_1: "f32[8]" = z * 2
            return (mul_1,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]"):
        subgraph_0 = self.subgraph_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x);  subgraph_0 = x = None
        getitem: "f32[8]" = invoke_subgraph[0];  invoke_subgraph = None
        subgraph_1 = self.subgraph_1
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_1', getitem);  subgraph_1 = getitem = None
        getitem_1: "f32[8]" = invoke_subgraph_1[0];  invoke_subgraph_1 = None
        subgraph_2 = self.subgraph_0
        invoke_subgraph_2 = torch.ops.higher_order.invoke_subgraph(subgraph_2, 'subgraph_2', getitem_1);  subgraph_2 = getitem_1 = None
        getitem_2: "f32[8]" = invoke_subgraph_2[0];  invoke_subgraph_2 = None
        return (getitem_2,)
    class subgraph_0(torch.nn.Module):
        def forward(self, x: "f32[8]"):
            mul: "f32[8]" = torch.ops.aten.mul.Tensor(x, 2);  x = None
            return (mul,)
    class subgraph_1(torch.nn.Module):
        def forward(self, x: "f32[8]"):
            mul: "f32[8]" = torch.ops.aten.mul.Tensor(x, 3);  x = None
            return (mul,)
