class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[2, 2, 20, 4]", primals_2: "f32[2, 2, 20, 4]", primals_3: "f32[2, 2, 20, 4]", primals_4: "i32[2, 2, 3, 3]", primals_5: "i32[2, 2, 3]", primals_6: "f32[2, 7]", primals_7: "i64[20]", primals_8: "i32[2, 2, 3]", primals_9: "i32[2, 2, 3, 3]", primals_10: "i32[2, 2, 3]", primals_11: "i32[2, 2, 3, 3]", primals_12: "i32[2, 2, 3]", primals_13: "i32[2, 2, 3, 3]", detach: "f32[2, 2, 20, 4]", detach_1: "f32[2, 2, 20]", tangents_1: "f32[2, 2, 20, 4]"):
        detach_2: "f32[2, 2, 20, 4]" = torch.ops.aten.detach.default(detach);  detach = None
        detach_3: "f32[2, 2, 20]" = torch.ops.aten.detach.default(detach_1);  detach_1 = None
        fw_graph0 = self.fw_graph0
        joint_graph0 = self.joint_graph0
        mask_graph0 = self.mask_graph0
        flex_attention_backward = torch.ops.higher_order.flex_attention_backward(primals_1, primals_2, primals_3, detach_2, detach_3, tangents_1, None, fw_graph0, joint_graph0, (20, 20, primals_5, primals_4, primals_8, primals_9, primals_10, primals_11, primals_12, primals_13, None, None, None, None, 8, 8, mask_graph0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (primals_6,), (primals_7,));  primals_1 = primals_2 = primals_3 = detach_2 = detach_3 = tangents_1 = fw_graph0 = joint_graph0 = primals_5 = primals_4 = primals_8 = primals_9 = primals_10 = primals_11 = primals_12 = primals_13 = mask_graph0 = primals_6 = primals_7 = None
        getitem_3: "f32[2, 2, 20, 4]" = flex_attention_backward[0]
        getitem_4: "f32[2, 2, 20, 4]" = flex_attention_backward[1]
        getitem_5: "f32[2, 2, 20, 4]" = flex_attention_backward[2]
        getitem_6 = flex_attention_backward[3];  flex_attention_backward = None
        getitem_7: "f32[2, 7]" = getitem_6[0];  getitem_6 = None
        return (getitem_3, getitem_4, getitem_5, None, None, getitem_7, None, None, None, None, None, None, None)

    class fw_graph0(torch.nn.Module):
        def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f32[2, 7]"):
            mul: "f32[]" = torch.ops.aten.mul.Tensor(arg0_1, 0.5);  arg0_1 = None
            tanh: "f32[]" = torch.ops.aten.tanh.default(mul);  mul = None
            mul_1: "f32[]" = torch.ops.aten.mul.Tensor(tanh, 2);  tanh = None
            sub: "i32[]" = torch.ops.aten.sub.Tensor(arg3_1, arg4_1);  arg3_1 = arg4_1 = None
            clamp: "i32[]" = torch.ops.aten.clamp.default(sub, -3, 3);  sub = None
            add: "i32[]" = torch.ops.aten.add.Tensor(clamp, 3);  clamp = None
            index: "f32[]" = torch.ops.aten.index.Tensor(arg5_1, [arg2_1, add]);  arg5_1 = arg2_1 = add = None
            add_1: "f32[]" = torch.ops.aten.add.Tensor(mul_1, index);  mul_1 = index = None
            return add_1

    class joint_graph0(torch.nn.Module):
        def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f32[]", arg6_1: "f32[2, 7]"):
            mul: "f32[]" = torch.ops.aten.mul.Tensor(arg0_1, 0.5);  arg0_1 = None
            tanh: "f32[]" = torch.ops.aten.tanh.default(mul);  mul = None
            alias: "f32[]" = torch.ops.aten.alias.default(tanh);  tanh = None
            sub: "i32[]" = torch.ops.aten.sub.Tensor(arg3_1, arg4_1);  arg3_1 = arg4_1 = None
            clamp: "i32[]" = torch.ops.aten.clamp.default(sub, -3, 3);  sub = None
            add: "i32[]" = torch.ops.aten.add.Tensor(clamp, 3);  clamp = None
            zeros_and_scatter: "f32[2, 7]" = torch.ops.flex_lib.zeros_and_scatter.default([2, 7], [arg2_1, add], arg5_1);  arg2_1 = add = None
            mul_2: "f32[]" = torch.ops.aten.mul.Tensor(arg5_1, 2);  arg5_1 = None
            alias_1: "f32[]" = torch.ops.aten.alias.default(alias);  alias = None
            tanh_backward: "f32[]" = torch.ops.aten.tanh_backward.default(mul_2, alias_1);  mul_2 = alias_1 = None
            mul_3: "f32[]" = torch.ops.aten.mul.Tensor(tanh_backward, 0.5);  tanh_backward = None
            return [mul_3, None, None, None, None, zeros_and_scatter]

    class mask_graph0(torch.nn.Module):
        def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i64[20]"):
            ge: "b8[]" = torch.ops.aten.ge.Tensor(arg2_1, arg3_1)
            index: "i64[]" = torch.ops.aten.index.Tensor(arg4_1, [arg2_1]);  arg2_1 = None
            index_1: "i64[]" = torch.ops.aten.index.Tensor(arg4_1, [arg3_1]);  arg4_1 = arg3_1 = None
            eq: "b8[]" = torch.ops.aten.eq.Tensor(index, index_1);  index = index_1 = None
            bitwise_and: "b8[]" = torch.ops.aten.bitwise_and.Tensor(ge, eq);  ge = eq = None
            return bitwise_and
