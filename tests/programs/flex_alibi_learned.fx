ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_slopes: "f32[2]", c_lifted_tensor_0: "i32[2, 2, 1]", c_lifted_tensor_1: "i32[2, 2, 1, 1]", c_lifted_tensor_2: "i32[2, 2, 1]", c_lifted_tensor_3: "i32[2, 2, 1, 1]", c_lifted_tensor_4: "i32[2, 2, 1]", c_lifted_tensor_5: "i32[2, 2, 1, 1]", c_lifted_tensor_6: "i32[2, 2, 1]", c_lifted_tensor_7: "i32[2, 2, 1, 1]", q: "f32[2, 2, 20, 4]", k: "f32[2, 2, 20, 4]", v: "f32[2, 2, 20, 4]"):
            # File: <eval_with_key>.160:19 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (20, 20, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 32, 32, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_slopes_,), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_slopes_ = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(q, k, v, sdpa_score0, (20, 20, c_lifted_tensor_0, c_lifted_tensor_1, c_lifted_tensor_2, c_lifted_tensor_3, c_lifted_tensor_4, c_lifted_tensor_5, c_lifted_tensor_6, c_lifted_tensor_7, None, None, None, None, 32, 32, sdpa_mask0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_slopes,), ());  q = k = v = sdpa_score0 = c_lifted_tensor_0 = c_lifted_tensor_1 = c_lifted_tensor_2 = c_lifted_tensor_3 = c_lifted_tensor_4 = c_lifted_tensor_5 = c_lifted_tensor_6 = c_lifted_tensor_7 = sdpa_mask0 = p_slopes = None
            getitem: "f32[2, 2, 20, 4]" = flex_attention[0]
            getitem_1: "f32[2, 2, 20]" = flex_attention[1];  getitem_1 = None
            getitem_2: "f32[2, 2, 20]" = flex_attention[2];  flex_attention = getitem_2 = None
            return (getitem,)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f32[2]"):
                # File: <eval_with_key>.161:5 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_slopes_[child_2];  l_args_3_closure_0_cell_contents_parameters_slopes_ = child_2 = None
                torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex0
                function_const_func_spec0 = self.function_const_func_spec0
                flat_apply: "f32[]" = torch.ops.higher_order.flat_apply(function_const_func_spec0, torch__dynamo__trace_wrapped_higher_order_op_mod_index0, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', arg5_1, arg2_1);  function_const_func_spec0 = torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = arg5_1 = arg2_1 = None
    
                # File: <eval_with_key>.161:6 in forward, code: sub = child_4 - child_3;  child_4 = child_3 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg4_1, arg3_1);  arg4_1 = arg3_1 = None
    
                # File: <eval_with_key>.161:7 in forward, code: mul = getitem * sub;  getitem = sub = None
                mul: "f32[]" = torch.ops.aten.mul.Tensor(flat_apply, sub);  flat_apply = sub = None
    
                # File: <eval_with_key>.161:8 in forward, code: add = child + mul;  child = mul = None
                add: "f32[]" = torch.ops.aten.add.Tensor(arg0_1, mul);  arg0_1 = mul = None
                return add
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.162:5 in forward, code: ge = child_2 >= child_3;  child_2 = child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg2_1, arg3_1);  arg2_1 = arg3_1 = None
                return ge
    
Graph signature:
    # inputs
    p_slopes: PARAMETER target='slopes'
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
    
Range constraints: {}
