# A region in a region: the outer calls are partitioned, the inner one stays in the bodies.
# run: grad=x cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]"):
        outer = self.outer
        a = torch.ops.higher_order.invoke_subgraph(outer, 'subgraph_1', x)
        getitem: "f32[8]" = a[0]
        outer_1 = self.outer
        b = torch.ops.higher_order.invoke_subgraph(outer_1, 'subgraph_1', getitem)
        getitem_1: "f32[8]" = b[0]
        return (getitem_1,)

    class outer(torch.nn.Module):
        def forward(self, x: "f32[8]"):
            inner = self.inner
            a = torch.ops.higher_order.invoke_subgraph(inner, 'subgraph_0', x)
            getitem: "f32[8]" = a[0]
            exp: "f32[8]" = getitem.exp()
            return (exp,)

        class inner(torch.nn.Module):
            def forward(self, x: "f32[8]"):
                sin: "f32[8]" = x.sin()
                return (sin,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[8]"):
        partitioned_fw_subgraph_1_0 = self.partitioned_fw_subgraph_1_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_1_0, 'partitioned_fw_subgraph_1_0', primals_1);  partitioned_fw_subgraph_1_0 = primals_1 = None
        getitem: "f32[8]" = invoke_subgraph[0]
        partitioned_fw_subgraph_1_1 = self.partitioned_fw_subgraph_1_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_1_1, 'partitioned_fw_subgraph_1_0', getitem);  partitioned_fw_subgraph_1_1 = getitem = None
        getitem_1: "f32[8]" = invoke_subgraph_1[0]
        getitem_4: "f32[8]" = invoke_subgraph_1[1]
        getitem_5: "f32[8]" = invoke_subgraph_1[2];  invoke_subgraph_1 = None
        getitem_6: "f32[8]" = invoke_subgraph[1]
        getitem_7: "f32[8]" = invoke_subgraph[2];  invoke_subgraph = None
        return (getitem_1, getitem_4, getitem_5, getitem_6, getitem_7)
    class partitioned_fw_subgraph_1_0(torch.nn.Module):
        def forward(self, primals_0: "f32[8]"):
            partitioned_fw_subgraph_0_0 = self.partitioned_fw_subgraph_0_0
            invoke_subgraph = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_0, 'partitioned_fw_subgraph_0_0', primals_0);  partitioned_fw_subgraph_0_0 = primals_0 = None
            getitem: "f32[8]" = invoke_subgraph[0]
            exp: "f32[8]" = torch.ops.aten.exp.default(getitem);  getitem = None
            getitem_2: "f32[8]" = invoke_subgraph[1];  invoke_subgraph = None
            return (exp, exp, getitem_2)
        class partitioned_fw_subgraph_0_0(torch.nn.Module):
            def forward(self, primals_0: "f32[8]"):
                sin: "f32[8]" = torch.ops.aten.sin.default(primals_0)
                return (sin, primals_0)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, getitem_4: "f32[8]", getitem_5: "f32[8]", getitem_6: "f32[8]", getitem_7: "f32[8]", tangents_1: "f32[8]"):
        partitioned_bw_subgraph_1_0 = self.partitioned_bw_subgraph_1_0
        invoke_subgraph_2 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_1_0, 'partitioned_bw_subgraph_1_0', getitem_4, getitem_5, tangents_1);  partitioned_bw_subgraph_1_0 = getitem_4 = getitem_5 = tangents_1 = None
        getitem_2: "f32[8]" = invoke_subgraph_2[0];  invoke_subgraph_2 = None
        partitioned_bw_subgraph_1_1 = self.partitioned_bw_subgraph_1_0
        invoke_subgraph_3 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_1_1, 'partitioned_bw_subgraph_1_0', getitem_6, getitem_7, getitem_2);  partitioned_bw_subgraph_1_1 = getitem_6 = getitem_7 = getitem_2 = None
        getitem_3: "f32[8]" = invoke_subgraph_3[0];  invoke_subgraph_3 = None
        return (getitem_3,)
    class partitioned_bw_subgraph_1_0(torch.nn.Module):
        def forward(self, exp: "f32[8]", getitem_2: "f32[8]", tangents_0: "f32[8]"):
            mul: "f32[8]" = torch.ops.aten.mul.Tensor(tangents_0, exp);  tangents_0 = exp = None
            partitioned_bw_subgraph_0_0 = self.partitioned_bw_subgraph_0_0
            invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_0, 'partitioned_bw_subgraph_0_0', getitem_2, mul);  partitioned_bw_subgraph_0_0 = getitem_2 = mul = None
            getitem_1: "f32[8]" = invoke_subgraph_1[0];  invoke_subgraph_1 = None
            return (getitem_1,)
        class partitioned_bw_subgraph_0_0(torch.nn.Module):
            def forward(self, primals_0: "f32[8]", tangents_0: "f32[8]"):
                cos: "f32[8]" = torch.ops.aten.cos.default(primals_0);  primals_0 = None
                mul: "f32[8]" = torch.ops.aten.mul.Tensor(tangents_0, cos);  tangents_0 = cos = None
                return (mul,)
