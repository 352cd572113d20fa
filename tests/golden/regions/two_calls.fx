# One body, two calls: partitioned once, what a call saves goes to its own backward (PyTorch's E8).
# run: grad=x,y cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]", y: "f32[8]"):
        subgraph_0 = self.subgraph_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x, y)
        getitem: "f32[8]" = invoke_subgraph[0]
        subgraph_1 = self.subgraph_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_0', getitem, y)
        getitem_1: "f32[8]" = invoke_subgraph_1[0]
        return (getitem_1,)

    class subgraph_0(torch.nn.Module):
        def forward(self, l_x_: "f32[8]", l_y_: "f32[8]"):
            sin: "f32[8]" = l_x_.sin()
            mul: "f32[8]" = sin * l_y_
            return (mul,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[8]", primals_2: "f32[8]"):
        partitioned_fw_subgraph_0_0 = self.partitioned_fw_subgraph_0_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_0, 'partitioned_fw_subgraph_0_0', primals_1, primals_2);  partitioned_fw_subgraph_0_0 = primals_1 = None
        getitem: "f32[8]" = invoke_subgraph[0]
        partitioned_fw_subgraph_0_1 = self.partitioned_fw_subgraph_0_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_1, 'partitioned_fw_subgraph_0_0', getitem, primals_2);  partitioned_fw_subgraph_0_1 = getitem = primals_2 = None
        getitem_1: "f32[8]" = invoke_subgraph_1[0]
        getitem_6: "f32[8]" = invoke_subgraph_1[1]
        getitem_7: "f32[8]" = invoke_subgraph_1[2];  invoke_subgraph_1 = None
        getitem_8: "f32[8]" = invoke_subgraph[1]
        getitem_9: "f32[8]" = invoke_subgraph[2];  invoke_subgraph = None
        return (getitem_1, getitem_6, getitem_7, getitem_8, getitem_9)
    class partitioned_fw_subgraph_0_0(torch.nn.Module):
        def forward(self, primals_0: "f32[8]", primals_1: "f32[8]"):
            sin: "f32[8]" = torch.ops.aten.sin.default(primals_0)
            mul: "f32[8]" = torch.ops.aten.mul.Tensor(sin, primals_1);  sin = None
            return (mul, primals_0, primals_1)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, getitem_6: "f32[8]", getitem_7: "f32[8]", getitem_8: "f32[8]", getitem_9: "f32[8]", tangents_1: "f32[8]"):
        partitioned_bw_subgraph_0_0 = self.partitioned_bw_subgraph_0_0
        invoke_subgraph_2 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_0, 'partitioned_bw_subgraph_0_0', getitem_6, getitem_7, tangents_1);  partitioned_bw_subgraph_0_0 = getitem_6 = getitem_7 = tangents_1 = None
        getitem_2: "f32[8]" = invoke_subgraph_2[0]
        getitem_3: "f32[8]" = invoke_subgraph_2[1];  invoke_subgraph_2 = None
        partitioned_bw_subgraph_0_1 = self.partitioned_bw_subgraph_0_0
        invoke_subgraph_3 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_1, 'partitioned_bw_subgraph_0_0', getitem_8, getitem_9, getitem_2);  partitioned_bw_subgraph_0_1 = getitem_8 = getitem_9 = getitem_2 = None
        getitem_4: "f32[8]" = invoke_subgraph_3[0]
        getitem_5: "f32[8]" = invoke_subgraph_3[1];  invoke_subgraph_3 = None
        add: "f32[8]" = torch.ops.aten.add.Tensor(getitem_3, getitem_5);  getitem_3 = getitem_5 = None
        return (getitem_4, add)
    class partitioned_bw_subgraph_0_0(torch.nn.Module):
        def forward(self, primals_0: "f32[8]", primals_1: "f32[8]", tangents_0: "f32[8]"):
            sin: "f32[8]" = torch.ops.aten.sin.default(primals_0)
            mul_1: "f32[8]" = torch.ops.aten.mul.Tensor(tangents_0, sin);  sin = None
            mul_2: "f32[8]" = torch.ops.aten.mul.Tensor(tangents_0, primals_1);  tangents_0 = primals_1 = None
            cos: "f32[8]" = torch.ops.aten.cos.default(primals_0);  primals_0 = None
            mul_3: "f32[8]" = torch.ops.aten.mul.Tensor(mul_2, cos);  mul_2 = cos = None
            return (mul_3, mul_1)
