# The backward gets score_mod's joint, in which captured tensors are zeros that each score adds to.
# run: grad=q,k,v,table cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, q: "f32[1, 2, 4, 4]", k: "f32[1, 2, 4, 4]", v: "f32[1, 2, 4, 4]", table: "f32[2, 7]", n: "i32[1, 1, 1]", i: "i32[1, 1, 1, 1]"):
        score_mod = self.score_mod
        mask_mod = self.mask_mod
        flex = torch.ops.higher_order.flex_attention(q, k, v, score_mod, (4, 4, n, i, None, None, n, i, None, None, None, None, None, None, 128, 128, mask_mod), 0.5, {'BACKEND': 'AUTO'}, (table,), ())
        getitem: "f32[1, 2, 4, 4]" = flex[0]
        return (getitem,)

    class score_mod(torch.nn.Module):
        def forward(self, s: "f32[]", b: "i32[]", h: "i32[]", m: "i32[]", n: "i32[]", table: "f32[2, 7]"):
            sub: "i32[]" = m - n
            add: "i32[]" = sub + 3
            index: "f32[]" = torch.ops.aten.index.Tensor(table, [h, add])
            mul: "f32[]" = s * index
            return mul

    class mask_mod(torch.nn.Module):
        def forward(self, b: "i32[]", h: "i32[]", m: "i32[]", n: "i32[]"):
            ge: "b8[]" = torch.ops.aten.ge.Tensor(m, n)
            return ge
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[1, 2, 4, 4]", primals_2: "f32[1, 2, 4, 4]", primals_3: "f32[1, 2, 4, 4]", primals_4: "f32[2, 7]", primals_5: "i32[1, 1, 1]", primals_6: "i32[1, 1, 1, 1]"):
        score_mod = self.score_mod
        mask_mod = self.mask_mod
        flex_attention = torch.ops.higher_order.flex_attention(primals_1, primals_2, primals_3, score_mod, (4, 4, primals_5, primals_6, None, None, primals_5, primals_6, None, None, None, None, None, None, 128, 128, mask_mod), 0.5, {'BACKEND': 'AUTO'}, (primals_4,), ());  score_mod = mask_mod = None
        getitem: "f32[1, 2, 4, 4]" = flex_attention[0]
        getitem_1: "f32[1, 2, 4]" = flex_attention[1];  flex_attention = None
        return (getitem, primals_1, primals_2, primals_3, primals_4, primals_5, primals_6, getitem, getitem_1)
    class score_mod(torch.nn.Module):
        def forward(self, s: "f32[]", b: "i32[]", h: "i32[]", m: "i32[]", n: "i32[]", table: "f32[2, 7]"):
            sub: "i32[]" = torch.ops.aten.sub.Tensor(m, n);  m = n = None
            add: "i32[]" = torch.ops.aten.add.Tensor(sub, 3);  sub = None
            index: "f32[]" = torch.ops.aten.index.Tensor(table, [h, add]);  table = h = add = None
            mul: "f32[]" = torch.ops.aten.mul.Tensor(s, index);  s = index = None
            return mul
    class mask_mod(torch.nn.Module):
        def forward(self, b: "i32[]", h: "i32[]", m: "i32[]", n: "i32[]"):
            ge: "b8[]" = torch.ops.aten.ge.Tensor(m, n);  m = n = None
            return ge
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[1, 2, 4, 4]", primals_2: "f32[1, 2, 4, 4]", primals_3: "f32[1, 2, 4, 4]", primals_4: "f32[2, 7]", primals_5: "i32[1, 1, 1]", primals_6: "i32[1, 1, 1, 1]", getitem: "f32[1, 2, 4, 4]", getitem_1: "f32[1, 2, 4]", tangents_1: "f32[1, 2, 4, 4]"):
        fw_graph0 = self.fw_graph0
        joint_graph0 = self.joint_graph0
        mask_graph0 = self.mask_graph0
        flex_attention_backward = torch.ops.higher_order.flex_attention_backward(primals_1, primals_2, primals_3, getitem, getitem_1, tangents_1, None, fw_graph0, joint_graph0, (4, 4, primals_5, primals_6, None, None, primals_5, primals_6, None, None, None, None, None, None, 128, 128, mask_graph0), 0.5, {'BACKEND': 'AUTO'}, (primals_4,), ());  primals_1 = primals_2 = primals_3 = getitem = getitem_1 = tangents_1 = fw_graph0 = joint_graph0 = primals_5 = primals_6 = mask_graph0 = primals_4 = None
        getitem_2: "f32[1, 2, 4, 4]" = flex_attention_backward[0]
        getitem_3: "f32[1, 2, 4, 4]" = flex_attention_backward[1]
        getitem_4: "f32[1, 2, 4, 4]" = flex_attention_backward[2]
        getitem_5 = flex_attention_backward[3];  flex_attention_backward = None
        getitem_6: "f32[2, 7]" = getitem_5[0];  getitem_5 = None
        return (getitem_2, getitem_3, getitem_4, getitem_6, None, None)
    class fw_graph0(torch.nn.Module):
        def forward(self, s: "f32[]", b: "i32[]", h: "i32[]", m: "i32[]", n: "i32[]", table: "f32[2, 7]"):
            sub: "i32[]" = torch.ops.aten.sub.Tensor(m, n);  m = n = None
            add: "i32[]" = torch.ops.aten.add.Tensor(sub, 3);  sub = None
            index: "f32[]" = torch.ops.aten.index.Tensor(table, [h, add]);  table = h = add = None
            mul: "f32[]" = torch.ops.aten.mul.Tensor(s, index);  s = index = None
            return mul
    class joint_graph0(torch.nn.Module):
        def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f32[]", arg6_1: "f32[2, 7]"):
            sub: "i32[]" = torch.ops.aten.sub.Tensor(arg3_1, arg4_1);  arg3_1 = arg4_1 = None
            add: "i32[]" = torch.ops.aten.add.Tensor(sub, 3);  sub = None
            index: "f32[]" = torch.ops.aten.index.Tensor(arg6_1, [arg2_1, add]);  arg6_1 = None
            mul_1: "f32[]" = torch.ops.aten.mul.Tensor(arg5_1, arg0_1);  arg0_1 = None
            mul_2: "f32[]" = torch.ops.aten.mul.Tensor(arg5_1, index);  arg5_1 = index = None
            zeros_and_scatter: "f32[2, 7]" = torch.ops.flex_lib.zeros_and_scatter.default([2, 7], [arg2_1, add], mul_1);  arg2_1 = add = mul_1 = None
            return [mul_2, None, None, None, None, zeros_and_scatter]
    class mask_graph0(torch.nn.Module):
        def forward(self, b: "i32[]", h: "i32[]", m: "i32[]", n: "i32[]"):
            ge: "b8[]" = torch.ops.aten.ge.Tensor(m, n);  m = n = None
            return ge
