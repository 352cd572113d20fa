ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_e: "f32[9, 3]", p_f: "f32[12, 3]", p_w: "f32[4]", c_lifted_tensor_0: "i32[2, 4, 2]", c_lifted_tensor_1: "i32[2, 4, 2, 2]", c_lifted_tensor_2: "i32[2, 4, 2]", c_lifted_tensor_3: "i32[2, 4, 2, 2]", c_lifted_tensor_4: "i32[2, 4, 2]", c_lifted_tensor_5: "i32[2, 4, 2, 2]", c_lifted_tensor_6: "i32[2, 4, 2]", c_lifted_tensor_7: "i32[2, 4, 2, 2]", q: "f32[2, 4, 9, 4]", k: "f32[2, 2, 12, 4]", v: "f32[2, 2, 12, 4]"):
            # File: <eval_with_key>.5:21 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (9, 12, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 8, 8, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': True, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_e_, l_args_3_closure_0_cell_contents_parameters_f_, l_args_3_closure_0_cell_contents_parameters_w_), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_e_ = l_args_3_closure_0_cell_contents_parameters_f_ = l_args_3_closure_0_cell_contents_parameters_w_ = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(q, k, v, sdpa_score0, (9, 12, c_lifted_tensor_0, c_lifted_tensor_1, c_lifted_tensor_2, c_lifted_tensor_3, c_lifted_tensor_4, c_lifted_tensor_5, c_lifted_tensor_6, c_lifted_tensor_7, None, None, None, None, 8, 8, sdpa_mask0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': True, 'OUTPUT_MAX': False}, (p_e, p_f, p_w), ());  q = k = v = sdpa_score0 = c_lifted_tensor_0 = c_lifted_tensor_1 = c_lifted_tensor_2 = c_lifted_tensor_3 = c_lifted_tensor_4 = c_lifted_tensor_5 = c_lifted_tensor_6 = c_lifted_tensor_7 = sdpa_mask0 = p_e = p_f = p_w = None
            getitem: "f32[2, 4, 9, 4]" = flex_attention[0]
            getitem_1: "f32[2, 4, 9]" = flex_attention[1]
            getitem_2: "f32[2, 4, 9]" = flex_attention[2];  flex_attention = getitem_2 = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:60 in forward, code: out, lse = (self.dense if dense else self.attention)(q, k, v)
            mul: "f32[2, 4, 9]" = torch.ops.aten.mul.Tensor(getitem_1, 0.6931471805599453);  getitem_1 = None
            return (getitem, mul)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f32[9, 3]", arg6_1: "f32[12, 3]", arg7_1: "f32[4]"):
                # File: <eval_with_key>.6:5 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_e_[child_3];  l_args_3_closure_0_cell_contents_parameters_e_ = child_3 = None
                torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex0
                function_const_func_spec0 = self.function_const_func_spec0
                flat_apply: "f32[3]" = torch.ops.higher_order.flat_apply(function_const_func_spec0, torch__dynamo__trace_wrapped_higher_order_op_mod_index0, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', arg5_1, arg3_1);  function_const_func_spec0 = torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = arg5_1 = arg3_1 = None
    
                # File: <eval_with_key>.6:6 in forward, code: getitem_1 = l_args_3_closure_0_cell_contents_parameters_f_[child_4];  l_args_3_closure_0_cell_contents_parameters_f_ = child_4 = None
                torch__dynamo__trace_wrapped_higher_order_op_mod_index1 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex1
                function_const_func_spec0_1 = self.function_const_func_spec0
                flat_apply_1: "f32[3]" = torch.ops.higher_order.flat_apply(function_const_func_spec0_1, torch__dynamo__trace_wrapped_higher_order_op_mod_index1, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', arg6_1, arg4_1);  function_const_func_spec0_1 = torch__dynamo__trace_wrapped_higher_order_op_mod_index1 = arg6_1 = arg4_1 = None
    
                # File: <eval_with_key>.6:7 in forward, code: mul = getitem * getitem_1;  getitem = getitem_1 = None
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(flat_apply, flat_apply_1);  flat_apply = flat_apply_1 = None
    
                # File: <eval_with_key>.6:8 in forward, code: sum_1 = mul.sum(-1);  mul = None
                sum_1: "f32[]" = torch.ops.aten.sum.dim_IntList(mul, [-1]);  mul = None
    
                # File: <eval_with_key>.6:9 in forward, code: getitem_2 = l_args_3_closure_0_cell_contents_parameters_w_[child_2];  l_args_3_closure_0_cell_contents_parameters_w_ = child_2 = None
                torch__dynamo__trace_wrapped_higher_order_op_mod_index2 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex2
                function_const_func_spec0_2 = self.function_const_func_spec0
                flat_apply_2: "f32[]" = torch.ops.higher_order.flat_apply(function_const_func_spec0_2, torch__dynamo__trace_wrapped_higher_order_op_mod_index2, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', arg7_1, arg2_1);  function_const_func_spec0_2 = torch__dynamo__trace_wrapped_higher_order_op_mod_index2 = arg7_1 = arg2_1 = None
    
                # File: <eval_with_key>.6:10 in forward, code: mul_1 = sum_1 * getitem_2;  sum_1 = getitem_2 = None
                mul_1: "f32[]" = torch.ops.aten.mul.Tensor(sum_1, flat_apply_2);  sum_1 = flat_apply_2 = None
    
                # File: <eval_with_key>.6:11 in forward, code: add = child + mul_1;  child = mul_1 = None
                add: "f32[]" = torch.ops.aten.add.Tensor(arg0_1, mul_1);  arg0_1 = mul_1 = None
                return add
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.7:5 in forward, code: ge = child_2 >= child_3;  child_2 = child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg2_1, arg3_1);  arg2_1 = arg3_1 = None
                return ge
    
Graph signature:
    # inputs
    p_e: PARAMETER target='e'
    p_f: PARAMETER target='f'
    p_w: PARAMETER target='w'
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
