class GraphModule(torch.nn.Module):
    def forward(self, getitem_10: "f32[4, 4]", getitem_9: "f32[4, 5]", getitem_8: "f32[5, 4]", getitem_13: "f32[4, 4]", getitem_12: "f32[4, 5]", getitem_11: "f32[5, 4]", tangents_1: "f32[]"):
        # Backward of forward node: File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        expand: "f32[5, 4]" = torch.ops.aten.expand.default(tangents_1, [5, 4]);  tangents_1 = None
        partitioned_bw_subgraph_0_1 = self.partitioned_bw_subgraph_0_0

        # Annotation: {'call_id': 3} Backward of forward node: File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        invoke_subgraph_7 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_1, 'partitioned_bw_subgraph_0_0', getitem_11, getitem_12, getitem_13, expand);  partitioned_bw_subgraph_0_1 = getitem_11 = getitem_12 = getitem_13 = None

        # Backward of forward node: File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        getitem_2: "f32[5, 4]" = invoke_subgraph_7[0]
        getitem_3: "f32[4, 4]" = invoke_subgraph_7[1];  invoke_subgraph_7 = None
        mul_1: "f32[5, 4]" = torch.ops.aten.mul.Tensor(getitem_2, 2);  getitem_2 = None
        partitioned_bw_subgraph_0_0 = self.partitioned_bw_subgraph_0_0

        # Annotation: {'call_id': 2} Backward of forward node: File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        invoke_subgraph_5 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_0, 'partitioned_bw_subgraph_0_0', getitem_8, getitem_9, getitem_10, expand);  partitioned_bw_subgraph_0_0 = getitem_8 = getitem_9 = getitem_10 = expand = None

        # Backward of forward node: File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        getitem_5: "f32[5, 4]" = invoke_subgraph_5[0]
        getitem_6: "f32[4, 4]" = invoke_subgraph_5[1];  invoke_subgraph_5 = None
        add_1: "f32[5, 4]" = torch.ops.aten.add.Tensor(mul_1, getitem_5);  mul_1 = getitem_5 = None
        add_2: "f32[4, 4]" = torch.ops.aten.add.Tensor(getitem_3, getitem_6);  getitem_3 = getitem_6 = None
        return (add_2, add_1)

    class partitioned_bw_subgraph_0_0(torch.nn.Module):
        def forward(self, mm: "f32[5, 4]", t: "f32[4, 5]", t_1: "f32[4, 4]", tangents_0: "f32[5, 4]"):
            # Backward of forward node: File: captured.py:220 in region, code: return (x @ w).sin() * x.shape[0]
            mul_1: "f32[5, 4]" = torch.ops.aten.mul.Tensor(tangents_0, 5);  tangents_0 = None
            cos: "f32[5, 4]" = torch.ops.aten.cos.default(mm);  mm = None
            mul_2: "f32[5, 4]" = torch.ops.aten.mul.Tensor(mul_1, cos);  mul_1 = cos = None
            mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(t, mul_2);  t = None
            mm_2: "f32[5, 4]" = torch.ops.aten.mm.default(mul_2, t_1);  mul_2 = t_1 = None
            return (mm_2, mm_1)
