ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_t: "f32[17]", p_g: "f32[]", p_project_weight: "f32[4, 4]", p_project_bias: "f32[4]", c_lifted_tensor_0: "i32[2, 2, 2]", c_lifted_tensor_1: "i32[2, 2, 2, 2]", c_lifted_tensor_2: "i32[2, 2, 2]", c_lifted_tensor_3: "i32[2, 2, 2, 2]", c_lifted_tensor_4: "i32[2, 2, 2]", c_lifted_tensor_5: "i32[2, 2, 2, 2]", c_lifted_tensor_6: "i32[2, 2, 2]", c_lifted_tensor_7: "i32[2, 2, 2, 2]", q: "f32[2, 2, 20, 4]", k: "f32[2, 2, 20, 4]", v: "f32[2, 2, 20, 4]"):
            # File: /root/.cache/cotangent-reference/lib/python3.11/site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear: "f32[2, 2, 20, 4]" = torch.ops.aten.linear.default(q, p_project_weight, p_project_bias);  q = None
    
            # File: <eval_with_key>.1023:20 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (20, 20, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 16, 16, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_t_, l_args_3_closure_0_cell_contents_parameters_g_), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_t_ = l_args_3_closure_0_cell_contents_parameters_g_ = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(linear, k, v, sdpa_score0, (20, 20, c_lifted_tensor_0, c_lifted_tensor_1, c_lifted_tensor_2, c_lifted_tensor_3, c_lifted_tensor_4, c_lifted_tensor_5, c_lifted_tensor_6, c_lifted_tensor_7, None, None, None, None, 16, 16, sdpa_mask0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_t, p_g), ());  linear = k = v = sdpa_score0 = c_lifted_tensor_0 = c_lifted_tensor_1 = c_lifted_tensor_2 = c_lifted_tensor_3 = c_lifted_tensor_4 = c_lifted_tensor_5 = c_lifted_tensor_6 = c_lifted_tensor_7 = sdpa_mask0 = p_t = p_g = None
            getitem: "f32[2, 2, 20, 4]" = flex_attention[0]
            getitem_1: "f32[2, 2, 20]" = flex_attention[1];  getitem_1 = None
            getitem_2: "f32[2, 2, 20]" = flex_attention[2];  flex_attention = getitem_2 = None
    
            # File: /root/.cache/cotangent-reference/lib/python3.11/site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_1: "f32[2, 2, 20, 4]" = torch.ops.aten.linear.default(getitem, p_project_weight, p_project_bias);  getitem = p_project_weight = p_project_bias = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:61 in forward, code: if self.use is not None: out = self.use(self, out)
            relu: "f32[2, 2, 20, 4]" = torch.ops.aten.relu.default(linear_1);  linear_1 = None
            sum_1: "f32[2, 2, 20]" = torch.ops.aten.sum.dim_IntList(relu, [-1]);  relu = None
            return (sum_1,)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f32[17]", arg6_1: "f32[]"):
                # File: <eval_with_key>.1024:5 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg3_1, arg4_1);  arg3_1 = arg4_1 = None
    
                # File: <eval_with_key>.1024:6 in forward, code: clamp = sub.clamp(-8, 8);  sub = None
                clamp: "i32[]" = torch.ops.aten.clamp.default(sub, -8, 8);  sub = None
    
                # File: <eval_with_key>.1024:7 in forward, code: add = clamp + 8;  clamp = None
                add: "i32[]" = torch.ops.aten.add.Tensor(clamp, 8);  clamp = None
    
                # File: <eval_with_key>.1024:8 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_t_[add];  l_args_3_closure_0_cell_contents_parameters_t_ = add = None
                torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex0
                function_const_func_spec0 = self.function_const_func_spec0
                flat_apply: "f32[]" = torch.ops.higher_order.flat_apply(function_const_func_spec0, torch__dynamo__trace_wrapped_higher_order_op_mod_index0, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', arg5_1, add);  function_const_func_spec0 = torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = arg5_1 = add = None
    
                # File: <eval_with_key>.1024:9 in forward, code: mul = getitem * l_args_3_closure_0_cell_contents_parameters_g_;  getitem = l_args_3_closure_0_cell_contents_parameters_g_ = None
                mul: "f32[]" = torch.ops.aten.mul.Tensor(flat_apply, arg6_1);  flat_apply = arg6_1 = None
    
                # File: <eval_with_key>.1024:10 in forward, code: add_1 = child + mul;  child = mul = None
                add_1: "f32[]" = torch.ops.aten.add.Tensor(arg0_1, mul);  arg0_1 = mul = None
                return add_1
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.1025:5 in forward, code: ge = child_2 >= child_3;  child_2 = child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg2_1, arg3_1);  arg2_1 = arg3_1 = None
                return ge
    
Graph signature:
    # inputs
    p_t: PARAMETER target='t'
    p_g: PARAMETER target='g'
    p_project_weight: PARAMETER target='project.weight'
    p_project_bias: PARAMETER target='project.bias'
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
    sum_1: USER_OUTPUT
    
Range constraints: {}
