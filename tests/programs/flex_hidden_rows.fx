ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, c_lifted_tensor_0: "i32[2, 2, 2]", c_lifted_tensor_1: "i32[2, 2, 2, 2]", c_lifted_tensor_2: "i32[2, 2, 2]", c_lifted_tensor_3: "i32[2, 2, 2, 2]", c_lifted_tensor_4: "i32[2, 2, 2]", c_lifted_tensor_5: "i32[2, 2, 2, 2]", c_lifted_tensor_6: "i32[2, 2, 2]", c_lifted_tensor_7: "i32[2, 2, 2, 2]", q: "f32[2, 2, 20, 4]", k: "f32[2, 2, 20, 4]", v: "f32[2, 2, 20, 4]"):
            # File: <eval_with_key>.507:18 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (20, 20, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 16, 16, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': True, 'OUTPUT_MAX': False}, (), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(q, k, v, sdpa_score0, (20, 20, c_lifted_tensor_0, c_lifted_tensor_1, c_lifted_tensor_2, c_lifted_tensor_3, c_lifted_tensor_4, c_lifted_tensor_5, c_lifted_tensor_6, c_lifted_tensor_7, None, None, None, None, 16, 16, sdpa_mask0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': True, 'OUTPUT_MAX': False}, (), ());  q = k = v = sdpa_score0 = c_lifted_tensor_0 = c_lifted_tensor_1 = c_lifted_tensor_2 = c_lifted_tensor_3 = c_lifted_tensor_4 = c_lifted_tensor_5 = c_lifted_tensor_6 = c_lifted_tensor_7 = sdpa_mask0 = None
            getitem: "f32[2, 2, 20, 4]" = flex_attention[0]
            getitem_1: "f32[2, 2, 20]" = flex_attention[1]
            getitem_2: "f32[2, 2, 20]" = flex_attention[2];  flex_attention = getitem_2 = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:60 in forward, code: out, lse = (self.dense if dense else self.attention)(q, k, v)
            mul: "f32[2, 2, 20]" = torch.ops.aten.mul.Tensor(getitem_1, 0.6931471805599453);  getitem_1 = None
            return (getitem, mul)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]"):
                return arg0_1
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.509:5 in forward, code: ge = child_2 >= child_3;  child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg2_1, arg3_1);  arg3_1 = None
    
                # File: <eval_with_key>.509:6 in forward, code: gt = child_2 > 6;  child_2 = None
                gt: "b8[]" = torch.ops.aten.gt.Scalar(arg2_1, 6);  arg2_1 = None
    
                # File: <eval_with_key>.509:7 in forward, code: and_ = ge & gt;  ge = gt = None
                and_1: "b8[]" = torch.ops.aten.__and__.Tensor(ge, gt);  ge = gt = None
    
                # File: <eval_with_key>.509:8 in forward, code: lt = child < 1;  child = None
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 1);  arg0_1 = None
    
                # File: <eval_with_key>.509:9 in forward, code: and__1 = and_ & lt;  and_ = lt = None
                and_2: "b8[]" = torch.ops.aten.__and__.Tensor(and_1, lt);  and_1 = lt = None
                return and_2
    
Graph signature:
    # inputs
    c_lifted_tensor_0: CONSTANT_TENSOR target='lifted_tensor_0'
    c_lifted_tensor_1: CONSTANT_TENSOR target='lifted_tensor_1'
    c_lifted_tensor_2: CONSTANT_TENSOR target='lifted_tensor_2'
    c_lifted_tensor_3: CONSTANT_TENSOR target='lifted_tensor_3'
    c_lifted_tensor_4: CONSTANT_TENSOR target='lifted_tensor_4'
    c_lifted_tensor_5: CONSTANT_TENSOR target='lifted_tensor_5'
    c_lifted_tensor_6: CONSTANT_TENSOR target='lifted_tensor_6'
    c_lifted_tensor_7: CONSTANT_TENSOR target='lifted_tensor_7'
    q: USER_INPUT
    k: USER_INPUT
    v: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    mul: USER_OUTPUT
    
Range constraints: {}
