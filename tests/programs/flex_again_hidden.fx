ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, c_lifted_tensor_0: "i32[2, 4, 3]", c_lifted_tensor_1: "i32[2, 4, 3, 2]", c_lifted_tensor_2: "i32[2, 4, 3]", c_lifted_tensor_3: "i32[2, 4, 3, 2]", c_lifted_tensor_4: "i32[2, 4, 2]", c_lifted_tensor_5: "i32[2, 4, 2, 3]", c_lifted_tensor_6: "i32[2, 4, 2]", c_lifted_tensor_7: "i32[2, 4, 2, 3]", q: "f64[2, 4, 5, 3]", k: "f64[2, 2, 4, 3]", v: "f64[2, 2, 4, 3]"):
            # File: <eval_with_key>.42:18 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (5, 4, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 2, 2, mask_fn_0), 0.8, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': True, 'OUTPUT_MAX': False}, (), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(q, k, v, sdpa_score0, (5, 4, c_lifted_tensor_0, c_lifted_tensor_1, c_lifted_tensor_2, c_lifted_tensor_3, c_lifted_tensor_4, c_lifted_tensor_5, c_lifted_tensor_6, c_lifted_tensor_7, None, None, None, None, 2, 2, sdpa_mask0), 0.8, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': True, 'OUTPUT_MAX': False}, (), ());  sdpa_score0 = sdpa_mask0 = None
            getitem: "f64[2, 4, 5, 3]" = flex_attention[0]
            getitem_1: "f64[2, 4, 5]" = flex_attention[1];  flex_attention = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:62 in forward, code: out, lse = (self.dense if dense else self.attention)(q, k, v)
            mul: "f64[2, 4, 5]" = torch.ops.aten.mul.Tensor(getitem_1, 0.6931471805599453)
    
            # File: /tmp/w/flex/tests/torch/flex.py:225 in forward, code: return sum(o.masked_fill(o.isinf(), 0.0).sin().sum() for o in out) if isinstance(out, tuple) else out.sin().sum()
            isinf: "b8[2, 4, 5, 3]" = torch.ops.aten.isinf.default(getitem)
            masked_fill: "f64[2, 4, 5, 3]" = torch.ops.aten.masked_fill.Scalar(getitem, isinf, 0.0)
            sin: "f64[2, 4, 5, 3]" = torch.ops.aten.sin.default(masked_fill)
            sum_1: "f64[]" = torch.ops.aten.sum.default(sin);  sin = None
            add: "f64[]" = torch.ops.aten.add.Tensor(sum_1, 0);  sum_1 = None
            isinf_1: "b8[2, 4, 5]" = torch.ops.aten.isinf.default(mul)
            masked_fill_1: "f64[2, 4, 5]" = torch.ops.aten.masked_fill.Scalar(mul, isinf_1, 0.0);  mul = None
            sin_1: "f64[2, 4, 5]" = torch.ops.aten.sin.default(masked_fill_1)
            sum_2: "f64[]" = torch.ops.aten.sum.default(sin_1);  sin_1 = None
            add_1: "f64[]" = torch.ops.aten.add.Tensor(add, sum_2);  add = sum_2 = None
    
            # No stacktrace found for following nodes
            ones_like: "f64[]" = torch.ops.aten.ones_like.default(add_1);  add_1 = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:225 in forward, code: return sum(o.masked_fill(o.isinf(), 0.0).sin().sum() for o in out) if isinstance(out, tuple) else out.sin().sum()
            expand: "f64[2, 4, 5]" = torch.ops.aten.expand.default(ones_like, [2, 4, 5])
            cos: "f64[2, 4, 5]" = torch.ops.aten.cos.default(masked_fill_1);  masked_fill_1 = None
            mul_1: "f64[2, 4, 5]" = torch.ops.aten.mul.Tensor(expand, cos);  expand = cos = None
            masked_fill_2: "f64[2, 4, 5]" = torch.ops.aten.masked_fill.Scalar(mul_1, isinf_1, 0);  mul_1 = isinf_1 = None
            expand_1: "f64[2, 4, 5, 3]" = torch.ops.aten.expand.default(ones_like, [2, 4, 5, 3]);  ones_like = None
            cos_1: "f64[2, 4, 5, 3]" = torch.ops.aten.cos.default(masked_fill);  masked_fill = None
            mul_2: "f64[2, 4, 5, 3]" = torch.ops.aten.mul.Tensor(expand_1, cos_1);  expand_1 = cos_1 = None
            masked_fill_3: "f64[2, 4, 5, 3]" = torch.ops.aten.masked_fill.Scalar(mul_2, isinf, 0);  mul_2 = isinf = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:62 in forward, code: out, lse = (self.dense if dense else self.attention)(q, k, v)
            mul_3: "f64[2, 4, 5]" = torch.ops.aten.mul.Tensor(masked_fill_2, 0.6931471805599453);  masked_fill_2 = None
    
            # File: <eval_with_key>.42:18 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (5, 4, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 2, 2, mask_fn_0), 0.8, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': True, 'OUTPUT_MAX': False}, (), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = None
            joint_graph0 = self.joint_graph0
            fw_graph0 = self.fw_graph0
            mask_graph0 = self.mask_graph0
            flex_attention_backward = torch.ops.higher_order.flex_attention_backward(q, k, v, getitem, getitem_1, masked_fill_3, mul_3, fw_graph0, joint_graph0, (5, 4, c_lifted_tensor_0, c_lifted_tensor_1, c_lifted_tensor_2, c_lifted_tensor_3, c_lifted_tensor_4, c_lifted_tensor_5, c_lifted_tensor_6, c_lifted_tensor_7, None, None, None, None, 2, 2, mask_graph0), 0.8, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': True, 'OUTPUT_MAX': False}, (), ());  q = k = v = getitem = getitem_1 = masked_fill_3 = mul_3 = fw_graph0 = joint_graph0 = c_lifted_tensor_0 = c_lifted_tensor_1 = c_lifted_tensor_2 = c_lifted_tensor_3 = c_lifted_tensor_4 = c_lifted_tensor_5 = c_lifted_tensor_6 = c_lifted_tensor_7 = mask_graph0 = None
            getitem_2: "f64[2, 4, 5, 3]" = flex_attention_backward[0]
            getitem_3: "f64[2, 2, 4, 3]" = flex_attention_backward[1]
            getitem_4: "f64[2, 2, 4, 3]" = flex_attention_backward[2];  flex_attention_backward = None
            return (getitem_2, getitem_3, getitem_4)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f64[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]"):
                return arg0_1
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.44:5 in forward, code: gt = child_2 > child_3;  child_3 = None
                gt: "b8[]" = torch.ops.aten.gt.Tensor(arg2_1, arg3_1);  arg3_1 = None
    
                # File: <eval_with_key>.44:6 in forward, code: ne = child_2 != 3;  child_2 = None
                ne: "b8[]" = torch.ops.aten.ne.Scalar(arg2_1, 3);  arg2_1 = None
    
                # File: <eval_with_key>.44:7 in forward, code: and_ = gt & ne;  gt = ne = None
                bitwise_and: "b8[]" = torch.ops.aten.bitwise_and.Tensor(gt, ne);  gt = ne = None
                return bitwise_and
    
        class joint_graph0(torch.nn.Module):
            def forward(self, arg0_1: "f64[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f64[]"):
                return [arg5_1, None, None, None, None]
    
        class fw_graph0(torch.nn.Module):
            def forward(self, arg0_1: "f64[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]"):
                return arg0_1
    
        class mask_graph0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.44:5 in forward, code: gt = child_2 > child_3;  child_3 = None
                gt: "b8[]" = torch.ops.aten.gt.Tensor(arg2_1, arg3_1);  arg3_1 = None
    
                # File: <eval_with_key>.44:6 in forward, code: ne = child_2 != 3;  child_2 = None
                ne: "b8[]" = torch.ops.aten.ne.Scalar(arg2_1, 3);  arg2_1 = None
    
                # File: <eval_with_key>.44:7 in forward, code: and_ = gt & ne;  gt = ne = None
                bitwise_and: "b8[]" = torch.ops.aten.bitwise_and.Tensor(gt, ne);  gt = ne = None
                return bitwise_and
    
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
    getitem_2: USER_OUTPUT
    getitem_3: USER_OUTPUT
    getitem_4: USER_OUTPUT
    
Range constraints: {}
