class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[3, 4]", primals_3: "f32[4, 4]"):
        # File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        partitioned_fw_subgraph_0_1 = self.partitioned_fw_subgraph_0_1

        # Annotation: {'call_id': 2} File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        invoke_subgraph_4 = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_1, 'partitioned_fw_subgraph_0_1', primals_2, primals_1);  partitioned_fw_subgraph_0_1 = primals_2 = primals_1 = None
        getitem_10: "f32[4, 4]" = invoke_subgraph_4[3]
        getitem_9: "f32[4, 3]" = invoke_subgraph_4[2]
        getitem_8: "f32[3, 4]" = invoke_subgraph_4[1]

        # File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        getitem: "f32[3, 4]" = invoke_subgraph_4[0];  invoke_subgraph_4 = None
        partitioned_fw_subgraph_0_0 = self.partitioned_fw_subgraph_0_0

        # Annotation: {'call_id': 3} File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        invoke_subgraph_6 = torch.ops.higher_order.invoke_subgraph(partitioned_fw_subgraph_0_0, 'partitioned_fw_subgraph_0_0', getitem, primals_3);  partitioned_fw_subgraph_0_0 = getitem = primals_3 = None
        getitem_13: "f32[4, 4]" = invoke_subgraph_6[3]
        getitem_12: "f32[4, 3]" = invoke_subgraph_6[2]
        getitem_11: "f32[3, 4]" = invoke_subgraph_6[1]

        # File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        getitem_1: "f32[3, 4]" = invoke_subgraph_6[0];  invoke_subgraph_6 = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(getitem_1);  getitem_1 = None
        return (sum_1, getitem_10, getitem_9, getitem_8, getitem_13, getitem_12, getitem_11)

    class partitioned_fw_subgraph_0_1(torch.nn.Module):
        def forward(self, primals_0: "f32[3, 4]", primals_1: "f32[4, 4]"):
            # File: gen_base.py:113 in r, code: def r(x,w): return (x@w).sin()
            mm: "f32[3, 4]" = torch.ops.aten.mm.default(primals_0, primals_1)
            sin: "f32[3, 4]" = torch.ops.aten.sin.default(mm)

            # Backward of forward node: File: gen_base.py:113 in r, code: def r(x,w): return (x@w).sin()
            t: "f32[4, 3]" = torch.ops.aten.t.default(primals_0);  primals_0 = None
            t_1: "f32[4, 4]" = torch.ops.aten.t.default(primals_1);  primals_1 = None
            return (sin, mm, t, t_1)

    class partitioned_fw_subgraph_0_0(torch.nn.Module):
        def forward(self, primals_0: "f32[3, 4]", primals_1: "f32[4, 4]"):
            # File: gen_base.py:113 in r, code: def r(x,w): return (x@w).sin()
            mm: "f32[3, 4]" = torch.ops.aten.mm.default(primals_0, primals_1)
            sin: "f32[3, 4]" = torch.ops.aten.sin.default(mm)

            # Backward of forward node: File: gen_base.py:113 in r, code: def r(x,w): return (x@w).sin()
            t: "f32[4, 3]" = torch.ops.aten.t.default(primals_0);  primals_0 = None
            t_1: "f32[4, 4]" = torch.ops.aten.t.default(primals_1);  primals_1 = None
            return (sin, mm, t, t_1)
