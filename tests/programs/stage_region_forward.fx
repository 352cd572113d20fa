class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[5, 4]"):
        # File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        partitioned_fw_subgraph_0_0 = self.partitioned_fw_subgraph_0_0

        # Annotation: {'call_id': 2} File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        invoke_subgraph_4 = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_0, 'partitioned_fw_subgraph_0_0', primals_2, primals_1);  partitioned_fw_subgraph_0_0 = None
        getitem_10: "f32[4, 4]" = invoke_subgraph_4[3]
        getitem_9: "f32[4, 5]" = invoke_subgraph_4[2]
        getitem_8: "f32[5, 4]" = invoke_subgraph_4[1]

        # File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        getitem: "f32[5, 4]" = invoke_subgraph_4[0];  invoke_subgraph_4 = None
        mul: "f32[5, 4]" = torch.ops.aten.mul.Tensor(primals_2, 2);  primals_2 = None
        partitioned_fw_subgraph_0_1 = self.partitioned_fw_subgraph_0_0

        # Annotation: {'call_id': 3} File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        invoke_subgraph_6 = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_1, 'partitioned_fw_subgraph_0_0', mul, primals_1);  partitioned_fw_subgraph_0_1 = mul = primals_1 = None
        getitem_13: "f32[4, 4]" = invoke_subgraph_6[3]
        getitem_12: "f32[4, 5]" = invoke_subgraph_6[2]
        getitem_11: "f32[5, 4]" = invoke_subgraph_6[1]

        # File: captured.py:222 in torch_dynamo_resume_in_forward_at_218, code: return (region(x, self.w) + region(x * 2, self.w)).sum()
        getitem_1: "f32[5, 4]" = invoke_subgraph_6[0];  invoke_subgraph_6 = None
        add: "f32[5, 4]" = torch.ops.aten.add.Tensor(getitem, getitem_1);  getitem = getitem_1 = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(add);  add = None
        return (sum_1, getitem_10, getitem_9, getitem_8, getitem_13, getitem_12, getitem_11)

    class partitioned_fw_subgraph_0_0(torch.nn.Module):
        def forward(self, primals_0: "f32[5, 4]", primals_1: "f32[4, 4]"):
            # File: captured.py:220 in region, code: return (x @ w).sin() * x.shape[0]
            mm: "f32[5, 4]" = torch.ops.aten.mm.default(primals_0, primals_1)
            sin: "f32[5, 4]" = torch.ops.aten.sin.default(mm)
            mul: "f32[5, 4]" = torch.ops.aten.mul.Tensor(sin, 5);  sin = None

            # Backward of forward node: File: captured.py:220 in region, code: return (x @ w).sin() * x.shape[0]
            t: "f32[4, 5]" = torch.ops.aten.t.default(primals_0);  primals_0 = None
            t_1: "f32[4, 4]" = torch.ops.aten.t.default(primals_1);  primals_1 = None
            return (mul, mm, t, t_1)
