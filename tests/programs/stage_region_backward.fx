class GraphModule(torch.nn.Module):
    def forward(self, getitem_10: "f32[4, 4]", getitem_9: "f32[4, 3]", getitem_8: "f32[3, 4]", getitem_13: "f32[4, 4]", getitem_12: "f32[4, 3]", getitem_11: "f32[3, 4]", tangents_1: "f32[]"):
        # Backward of forward node: File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        expand: "f32[3, 4]" = torch.ops.aten.expand.default(tangents_1, [3, 4]);  tangents_1 = None
        partitioned_bw_subgraph_0_0 = self.partitioned_bw_subgraph_0_0

        # Annotation: {'call_id': 3} Backward of forward node: File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        invoke_subgraph_7 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_0, 'partitioned_bw_subgraph_0_0', getitem_11, getitem_12, getitem_13, expand);  partitioned_bw_subgraph_0_0 = getitem_11 = getitem_12 = getitem_13 = expand = None

        # Backward of forward node: File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        getitem_2: "f32[3, 4]" = invoke_subgraph_7[0]
        getitem_3: "f32[4, 4]" = invoke_subgraph_7[1];  invoke_subgraph_7 = None
        partitioned_bw_subgraph_0_1 = self.partitioned_bw_subgraph_0_1

        # Annotation: {'call_id': 2} Backward of forward node: File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        invoke_subgraph_5 = torch.ops.higher_order.invoke_subgraph(partitioned_bw_subgraph_0_1, 'partitioned_bw_subgraph_0_1', getitem_8, getitem_9, getitem_10, getitem_2);  partitioned_bw_subgraph_0_1 = getitem_8 = getitem_9 = getitem_10 = getitem_2 = None

        # Backward of forward node: File: gen_base.py:114 in torch_dynamo_resume_in_forward_at_112, code: return r(r(x,s.a.l.weight),s.b.l.weight).sum()
        getitem_5: "f32[3, 4]" = invoke_subgraph_5[0]
        getitem_6: "f32[4, 4]" = invoke_subgraph_5[1];  invoke_subgraph_5 = None
        return (getitem_6, getitem_5, getitem_3)

    class partitioned_bw_subgraph_0_0(torch.nn.Module):
        def forward(self, mm: "f32[3, 4]", t: "f32[4, 3]", t_1: "f32[4, 4]", tangents_0: "f32[3, 4]"):
            # Backward of forward node: File: gen_base.py:113 in r, code: def r(x,w): return (x@w).sin()
            cos: "f32[3, 4]" = torch.ops.aten.cos.default(mm);  mm = None
            mul: "f32[3, 4]" = torch.ops.aten.mul.Tensor(tangents_0, cos);  tangents_0 = cos = None
            mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(t, mul);  t = None
            mm_2: "f32[3, 4]" = torch.ops.aten.mm.default(mul, t_1);  mul = t_1 = None
            return (mm_2, mm_1)

    class partitioned_bw_subgraph_0_1(torch.nn.Module):
        def forward(self, mm: "f32[3, 4]", t: "f32[4, 3]", t_1: "f32[4, 4]", tangents_0: "f32[3, 4]"):
            # Backward of forward node: File: gen_base.py:113 in r, code: def r(x,w): return (x@w).sin()
            cos: "f32[3, 4]" = torch.ops.aten.cos.default(mm);  mm = None
            mul: "f32[3, 4]" = torch.ops.aten.mul.Tensor(tangents_0, cos);  tangents_0 = cos = None
            mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(t, mul);  t = None
            mm_2: "f32[3, 4]" = torch.ops.aten.mm.default(mul, t_1);  mul = t_1 = None
            return (mm_2, mm_1)
