# A body whose second result has a tangent in one call and none in the other has two backward bodies; an input without
# gradient gets None in both.
# run: grad=x cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]", y: "f32[8]"):
        subgraph_0 = self.subgraph_0
        a = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x, y)
        getitem: "f32[8]" = a[0]
        getitem_1: "f32[8]" = a[1]
        add: "f32[8]" = getitem + getitem_1
        subgraph_1 = self.subgraph_0
        b = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_0', add, y)
        getitem_2: "f32[8]" = b[0]
        return (getitem_2,)

    class subgraph_0(torch.nn.Module):
        def forward(self, x: "f32[8]", y: "f32[8]"):
            sin: "f32[8]" = x.sin()
            mul: "f32[8]" = sin * y
            exp: "f32[8]" = x.exp()
            return (mul, exp)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[8]", primals_2: "f32[8]"):
        partitioned_fw_subgraph_0_1 = self.partitioned_fw_subgraph_0_1
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_1, 'partitioned_fw_subgraph_0_1', primals_1, primals_2);  partitioned_fw_subgraph_0_1 = primals_1 = None
        getitem: "f32[8]" = invoke_subgraph[0]
        getitem_1: "f32[8]" = invoke_subgraph[1]
        add: "f32[8]" = torch.ops.aten.add.Tensor(getitem, getitem_1);  getitem = getitem_1 = None
        partitioned_fw_subgraph_0_0 = self.partitioned_fw_subgraph_0_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_0, 'partitioned_fw_subgraph_0_0', add, primals_2);  partitioned_fw_subgraph_0_0 = add = primals_2 = None
        getitem_2: "f32[8]" = invoke_subgraph_1[0]
        getitem_5: "f32[8]" = invoke_subgraph_1[2]
        getitem_6: "f32[8]" = invoke_subgraph_1[3];  invoke_subgraph_1 = None
        getitem_7: "f32[8]" = invoke_subgraph[2]
        getitem_8: "f32[8]" = invoke_subgraph[3];  invoke_subgraph = None
        return (getitem_2, getitem_5, getitem_6, getitem_7, getitem_8)
    class partitioned_fw_subgraph_0_1(torch.nn.Module):
        def forward(self, primals_0: "f32[8]", primals_1: "f32[8]"):
            sin: "f32[8]" = torch.ops.aten.sin.default(primals_0)
            mul: "f32[8]" = torch.ops.aten.mul.Tensor(sin, primals_1);  sin = None
            exp: "f32[8]" = torch.ops.aten.exp.default(primals_0)
            return (mul, exp, primals_0, primals_1)
    class partitioned_fw_subgraph_0_0(torch.nn.Module):
        def forward(self, primals_0: "f32[8]", primals_1: "f32[8]"):
            sin: "f32[8]" = torch.ops.aten.sin.default(primals_0)
            mul: "f32[8]" = torch.ops.aten.mul.Tensor(sin, primals_1);  sin = None
            exp: "f32[8]" = torch.ops.aten.exp.default(primals_0)
            return (mul, exp, primals_0, primals_1)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, getitem_5: "f32[8]", getitem_6: "f32[8]", getitem_7: "f32[8]", getitem_8: "f32[8]", tangents_1: "f32[8]"):
        partitioned_bw_subgraph_0_0 = self.partitioned_bw_subgraph_0_0
        invoke_subgraph_2 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_0, 'partitioned_bw_subgraph_0_0', getitem_5, getitem_6, tangents_1);  partitioned_bw_subgraph_0_0 = getitem_5 = getitem_6 = tangents_1 = None
        getitem_3: "f32[8]" = invoke_subgraph_2[0];  invoke_subgraph_2 = None
        partitioned_bw_subgraph_0_1 = self.partitioned_bw_subgraph_0_1
        invoke_subgraph_3 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_1, 'partitioned_bw_subgraph_0_1', getitem_7, getitem_8, getitem_3, getitem_3);  partitioned_bw_subgraph_0_1 = getitem_7 = getitem_8 = getitem_3 = None
        getitem_4: "f32[8]" = invoke_subgraph_3[0];  invoke_subgraph_3 = None
        return (getitem_4, None)
    class partitioned_bw_subgraph_0_0(torch.nn.Module):
        def forward(self, primals_0: "f32[8]", primals_1: "f32[8]", tangents_0: "f32[8]"):
            mul_1: "f32[8]" = torch.ops.aten.mul.Tensor(tangents_0, primals_1);  tangents_0 = primals_1 = None
            cos: "f32[8]" = torch.ops.aten.cos.default(primals_0);  primals_0 = None
            mul_2: "f32[8]" = torch.ops.aten.mul.Tensor(mul_1, cos);  mul_1 = cos = None
            return (mul_2, None)
    class partitioned_bw_subgraph_0_1(torch.nn.Module):
        def forward(self, primals_0: "f32[8]", primals_1: "f32[8]", tangents_0: "f32[8]", tangents_1: "f32[8]"):
            exp: "f32[8]" = torch.ops.aten.exp.default(primals_0)
            mul_1: "f32[8]" = torch.ops.aten.mul.Tensor(tangents_1, exp);  tangents_1 = exp = None
            mul_2: "f32[8]" = torch.ops.aten.mul.Tensor(tangents_0, primals_1);  tangents_0 = primals_1 = None
            cos: "f32[8]" = torch.ops.aten.cos.default(primals_0);  primals_0 = None
            mul_3: "f32[8]" = torch.ops.aten.mul.Tensor(mul_2, cos);  mul_2 = cos = None
            add: "f32[8]" = torch.ops.aten.add.Tensor(mul_1, mul_3);  mul_1 = mul_3 = None
            return (add, None)
