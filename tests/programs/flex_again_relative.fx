ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_table: "f64[2, 10]", p_cap: "f64[]", c_lifted_tensor_0: "i32[2, 2, 3]", c_lifted_tensor_1: "i32[2, 2, 3, 3]", c_lifted_tensor_2: "i32[2, 2, 3]", c_lifted_tensor_3: "i32[2, 2, 3, 3]", c_lifted_tensor_4: "i32[2, 2, 3]", c_lifted_tensor_5: "i32[2, 2, 3, 3]", c_lifted_tensor_6: "i32[2, 2, 3]", c_lifted_tensor_7: "i32[2, 2, 3, 3]", q: "f64[2, 2, 5, 4]", k: "f64[2, 2, 6, 4]", v: "f64[2, 2, 6, 3]"):
            # File: <eval_with_key>.5:20 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (5, 6, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 2, 2, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_cap_, l_args_3_closure_0_cell_contents_parameters_table_), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_cap_ = l_args_3_closure_0_cell_contents_parameters_table_ = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(q, k, v, sdpa_score0, (5, 6, c_lifted_tensor_0, c_lifted_tensor_1, c_lifted_tensor_2, c_lifted_tensor_3, c_lifted_tensor_4, c_lifted_tensor_5, c_lifted_tensor_6, c_lifted_tensor_7, None, None, None, None, 2, 2, sdpa_mask0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_cap, p_table), ());  sdpa_score0 = sdpa_mask0 = None
            getitem: "f64[2, 2, 5, 3]" = flex_attention[0]
    
            # File: /tmp/w/flex/tests/torch/flex.py:225 in forward, code: return sum(o.masked_fill(o.isinf(), 0.0).sin().sum() for o in out) if isinstance(out, tuple) else out.sin().sum()
            sin: "f64[2, 2, 5, 3]" = torch.ops.aten.sin.default(getitem)
            sum_1: "f64[]" = torch.ops.aten.sum.default(sin);  sin = None
    
            # No stacktrace found for following nodes
            ones_like: "f64[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:225 in forward, code: return sum(o.masked_fill(o.isinf(), 0.0).sin().sum() for o in out) if isinstance(out, tuple) else out.sin().sum()
            expand: "f64[2, 2, 5, 3]" = torch.ops.aten.expand.default(ones_like, [2, 2, 5, 3]);  ones_like = None
            cos: "f64[2, 2, 5, 3]" = torch.ops.aten.cos.default(getitem)
            mul: "f64[2, 2, 5, 3]" = torch.ops.aten.mul.Tensor(expand, cos);  expand = cos = None
    
            # File: <eval_with_key>.5:20 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (5, 6, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 2, 2, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_cap_, l_args_3_closure_0_cell_contents_parameters_table_), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_cap_ = l_args_3_closure_0_cell_contents_parameters_table_ = None
            joint_graph0 = self.joint_graph0
            getitem_1: "f64[2, 2, 5]" = flex_attention[1];  flex_attention = None
            fw_graph0 = self.fw_graph0
            mask_graph0 = self.mask_graph0
            flex_attention_backward = torch.ops.higher_order.flex_attention_backward(q, k, v, getitem, getitem_1, mul, None, fw_graph0, joint_graph0, (5, 6, c_lifted_tensor_0, c_lifted_tensor_1, c_lifted_tensor_2, c_lifted_tensor_3, c_lifted_tensor_4, c_lifted_tensor_5, c_lifted_tensor_6, c_lifted_tensor_7, None, None, None, None, 2, 2, mask_graph0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_cap, p_table), ());  q = k = v = getitem = getitem_1 = mul = fw_graph0 = joint_graph0 = c_lifted_tensor_0 = c_lifted_tensor_1 = c_lifted_tensor_2 = c_lifted_tensor_3 = c_lifted_tensor_4 = c_lifted_tensor_5 = c_lifted_tensor_6 = c_lifted_tensor_7 = mask_graph0 = p_cap = p_table = None
            getitem_2: "f64[2, 2, 5, 4]" = flex_attention_backward[0]
            getitem_3: "f64[2, 2, 6, 4]" = flex_attention_backward[1]
            getitem_4: "f64[2, 2, 6, 3]" = flex_attention_backward[2]
            getitem_5 = flex_attention_backward[3];  flex_attention_backward = None
            getitem_6: "f64[]" = getitem_5[0]
            getitem_7: "f64[2, 10]" = getitem_5[1];  getitem_5 = None
            return (getitem_7, getitem_6, getitem_2, getitem_3, getitem_4)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f64[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f64[]", arg6_1: "f64[2, 10]"):
                # File: <eval_with_key>.6:5 in forward, code: tanh = torch.tanh(child);  child = None
                tanh: "f64[]" = torch.ops.aten.tanh.default(arg0_1);  arg0_1 = None
    
                # File: <eval_with_key>.6:6 in forward, code: mul = tanh * l_args_3_closure_0_cell_contents_parameters_cap_;  tanh = l_args_3_closure_0_cell_contents_parameters_cap_ = None
                mul: "f64[]" = torch.ops.aten.mul.Tensor(tanh, arg5_1);  tanh = arg5_1 = None
    
                # File: <eval_with_key>.6:7 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg3_1, arg4_1);  arg3_1 = arg4_1 = None
    
                # File: <eval_with_key>.6:8 in forward, code: add = sub + 5;  sub = None
                add: "i32[]" = torch.ops.aten.add.Tensor(sub, 5);  sub = None
    
                # File: <eval_with_key>.6:9 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, add)];  l_args_3_closure_0_cell_contents_parameters_table_ = child_2 = add = None
                index: "f64[]" = torch.ops.aten.index.Tensor(arg6_1, [arg2_1, add]);  arg6_1 = arg2_1 = add = None
    
                # File: <eval_with_key>.6:10 in forward, code: add_1 = mul + getitem;  mul = getitem = None
                add_1: "f64[]" = torch.ops.aten.add.Tensor(mul, index);  mul = index = None
                return add_1
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.7:5 in forward, code: ge = child_2 >= child_3;  child_2 = child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg2_1, arg3_1);  arg2_1 = arg3_1 = None
                return ge
    
        class joint_graph0(torch.nn.Module):
            def forward(self, arg0_1: "f64[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f64[]", arg6_1: "f64[]", arg7_1: "f64[2, 10]"):
                # File: <eval_with_key>.6:5 in forward, code: tanh = torch.tanh(child);  child = None
                tanh: "f64[]" = torch.ops.aten.tanh.default(arg0_1);  arg0_1 = None
    
                # File: <eval_with_key>.6:7 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg3_1, arg4_1);  arg3_1 = arg4_1 = None
    
                # File: <eval_with_key>.6:8 in forward, code: add = sub + 5;  sub = None
                add: "i32[]" = torch.ops.aten.add.Tensor(sub, 5);  sub = None
    
                # No stacktrace found for following nodes
                zeros_and_scatter: "f64[2, 10]" = torch.ops.flex_lib.zeros_and_scatter.default([2, 10], [arg2_1, add], arg5_1);  arg2_1 = add = None
    
                # File: <eval_with_key>.6:6 in forward, code: mul = tanh * l_args_3_closure_0_cell_contents_parameters_cap_;  tanh = l_args_3_closure_0_cell_contents_parameters_cap_ = None
                mul_1: "f64[]" = torch.ops.aten.mul.Tensor(arg5_1, tanh)
                mul_2: "f64[]" = torch.ops.aten.mul.Tensor(arg5_1, arg6_1);  arg5_1 = arg6_1 = None
    
                # File: <eval_with_key>.6:5 in forward, code: tanh = torch.tanh(child);  child = None
                tanh_backward: "f64[]" = torch.ops.aten.tanh_backward.default(mul_2, tanh);  mul_2 = tanh = None
    
                # No stacktrace found for following nodes
                zeros_and_scatter_1: "f64[]" = torch.ops.flex_lib.zeros_and_scatter.default([], [], mul_1);  mul_1 = None
                return [tanh_backward, None, None, None, None, zeros_and_scatter_1, zeros_and_scatter]
    
        class fw_graph0(torch.nn.Module):
            def forward(self, arg0_1: "f64[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f64[]", arg6_1: "f64[2, 10]"):
                # File: <eval_with_key>.6:5 in forward, code: tanh = torch.tanh(child);  child = None
                tanh: "f64[]" = torch.ops.aten.tanh.default(arg0_1);  arg0_1 = None
    
                # File: <eval_with_key>.6:6 in forward, code: mul = tanh * l_args_3_closure_0_cell_contents_parameters_cap_;  tanh = l_args_3_closure_0_cell_contents_parameters_cap_ = None
                mul: "f64[]" = torch.ops.aten.mul.Tensor(tanh, arg5_1);  tanh = arg5_1 = None
    
                # File: <eval_with_key>.6:7 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg3_1, arg4_1);  arg3_1 = arg4_1 = None
    
                # File: <eval_with_key>.6:8 in forward, code: add = sub + 5;  sub = None
                add: "i32[]" = torch.ops.aten.add.Tensor(sub, 5);  sub = None
    
                # File: <eval_with_key>.6:9 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, add)];  l_args_3_closure_0_cell_contents_parameters_table_ = child_2 = add = None
                index: "f64[]" = torch.ops.aten.index.Tensor(arg6_1, [arg2_1, add]);  arg6_1 = arg2_1 = add = None
    
                # File: <eval_with_key>.6:10 in forward, code: add_1 = mul + getitem;  mul = getitem = None
                add_1: "f64[]" = torch.ops.aten.add.Tensor(mul, index);  mul = index = None
                return add_1
    
        class mask_graph0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.7:5 in forward, code: ge = child_2 >= child_3;  child_2 = child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg2_1, arg3_1);  arg2_1 = arg3_1 = None
                return ge
    
Graph signature:
    # inputs
    p_table: PARAMETER target='table'
    p_cap: PARAMETER target='cap'
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
    getitem_7: USER_OUTPUT
    getitem_6: USER_OUTPUT
    getitem_2: USER_OUTPUT
    getitem_3: USER_OUTPUT
    getitem_4: USER_OUTPUT
    
Range constraints: {}
