# None among the results, an integer one, and one that nobody differentiates.
# run: grad=x cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]"):
        subgraph_0 = self.subgraph_0
        a = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x)
        getitem: "f32[8]" = a[0]
        getitem_1: "i64[8]" = a[1]
        return (getitem, getitem_1)

    class subgraph_0(torch.nn.Module):
        def forward(self, x: "f32[8]"):
            sin: "f32[8]" = x.sin()
            argsort: "i64[8]" = torch.ops.aten.argsort.default(x)
            cos: "f32[8]" = x.cos()
            return (sin, argsort, cos)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[8]"):
        partitioned_fw_subgraph_0_0 = self.partitioned_fw_subgraph_0_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_0, 'partitioned_fw_subgraph_0_0', primals_1);  partitioned_fw_subgraph_0_0 = primals_1 = None
        getitem: "f32[8]" = invoke_subgraph[0]
        getitem_1: "i64[8]" = invoke_subgraph[1]
        getitem_3: "f32[8]" = invoke_subgraph[3];  invoke_subgraph = None
        return (getitem, getitem_1, getitem_3)
    class partitioned_fw_subgraph_0_0(torch.nn.Module):
        def forward(self, primals_0: "f32[8]"):
            sin: "f32[8]" = torch.ops.aten.sin.default(primals_0)
            sort = torch.ops.aten.sort.default(primals_0)
            getitem_1: "i64[8]" = sort[1];  sort = None
            cos: "f32[8]" = torch.ops.aten.cos.default(primals_0)
            return (sin, getitem_1, cos, primals_0)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, getitem_3: "f32[8]", tangents_1: "f32[8]"):
        partitioned_bw_subgraph_0_0 = self.partitioned_bw_subgraph_0_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_0, 'partitioned_bw_subgraph_0_0', getitem_3, tangents_1);  partitioned_bw_subgraph_0_0 = getitem_3 = tangents_1 = None
        getitem_2: "f32[8]" = invoke_subgraph_1[0];  invoke_subgraph_1 = None
        return (getitem_2,)
    class partitioned_bw_subgraph_0_0(torch.nn.Module):
        def forward(self, primals_0: "f32[8]", tangents_0: "f32[8]"):
            cos_1: "f32[8]" = torch.ops.aten.cos.default(primals_0);  primals_0 = None
            mul: "f32[8]" = torch.ops.aten.mul.Tensor(tangents_0, cos_1);  tangents_0 = cos_1 = None
            return (mul,)
