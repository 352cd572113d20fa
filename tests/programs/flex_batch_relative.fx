ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_table: "f64[3, 2, 10]", p_gain: "f64[2]", c_lifted_tensor_0: "i32[2, 2, 3]", c_lifted_tensor_1: "i32[2, 2, 3, 3]", c_lifted_tensor_2: "i32[2, 2, 3]", c_lifted_tensor_3: "i32[2, 2, 3, 3]", c_lifted_tensor_4: "i32[2, 2, 3]", c_lifted_tensor_5: "i32[2, 2, 3, 3]", c_lifted_tensor_6: "i32[2, 2, 3]", c_lifted_tensor_7: "i32[2, 2, 3, 3]", q: "f64[3, 2, 2, 5, 4]", k: "f64[3, 2, 2, 6, 4]", v: "f64[3, 2, 2, 6, 3]"):
            # File: <eval_with_key>.5:20 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (5, 6, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 2, 2, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_gain_, l_args_3_closure_0_cell_contents_parameters_table_), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_gain_ = l_args_3_closure_0_cell_contents_parameters_table_ = None
            view: "f64[6, 2, 5, 4]" = torch.ops.aten.view.default(q, [6, 2, 5, 4]);  q = None
            view_1: "f64[6, 2, 6, 4]" = torch.ops.aten.view.default(k, [6, 2, 6, 4]);  k = None
            view_2: "f64[6, 2, 6, 3]" = torch.ops.aten.view.default(v, [6, 2, 6, 3]);  v = None
            expand: "i32[3, 2, 2, 3]" = torch.ops.aten.expand.default(c_lifted_tensor_0, [3, 2, 2, 3]);  c_lifted_tensor_0 = None
            clone: "i32[3, 2, 2, 3]" = torch.ops.aten.clone.default(expand, memory_format = torch.contiguous_format);  expand = None
            _unsafe_view: "i32[6, 2, 3]" = torch.ops.aten._unsafe_view.default(clone, [6, 2, 3]);  clone = None
            expand_1: "i32[3, 2, 2, 3, 3]" = torch.ops.aten.expand.default(c_lifted_tensor_1, [3, 2, 2, 3, 3]);  c_lifted_tensor_1 = None
            clone_1: "i32[3, 2, 2, 3, 3]" = torch.ops.aten.clone.default(expand_1, memory_format = torch.contiguous_format);  expand_1 = None
            _unsafe_view_1: "i32[6, 2, 3, 3]" = torch.ops.aten._unsafe_view.default(clone_1, [6, 2, 3, 3]);  clone_1 = None
            expand_2: "i32[3, 2, 2, 3]" = torch.ops.aten.expand.default(c_lifted_tensor_2, [3, 2, 2, 3]);  c_lifted_tensor_2 = None
            clone_2: "i32[3, 2, 2, 3]" = torch.ops.aten.clone.default(expand_2, memory_format = torch.contiguous_format);  expand_2 = None
            _unsafe_view_2: "i32[6, 2, 3]" = torch.ops.aten._unsafe_view.default(clone_2, [6, 2, 3]);  clone_2 = None
            expand_3: "i32[3, 2, 2, 3, 3]" = torch.ops.aten.expand.default(c_lifted_tensor_3, [3, 2, 2, 3, 3]);  c_lifted_tensor_3 = None
            clone_3: "i32[3, 2, 2, 3, 3]" = torch.ops.aten.clone.default(expand_3, memory_format = torch.contiguous_format);  expand_3 = None
            _unsafe_view_3: "i32[6, 2, 3, 3]" = torch.ops.aten._unsafe_view.default(clone_3, [6, 2, 3, 3]);  clone_3 = None
            expand_4: "i32[3, 2, 2, 3]" = torch.ops.aten.expand.default(c_lifted_tensor_4, [3, 2, 2, 3]);  c_lifted_tensor_4 = None
            clone_4: "i32[3, 2, 2, 3]" = torch.ops.aten.clone.default(expand_4, memory_format = torch.contiguous_format);  expand_4 = None
            _unsafe_view_4: "i32[6, 2, 3]" = torch.ops.aten._unsafe_view.default(clone_4, [6, 2, 3]);  clone_4 = None
            expand_5: "i32[3, 2, 2, 3, 3]" = torch.ops.aten.expand.default(c_lifted_tensor_5, [3, 2, 2, 3, 3]);  c_lifted_tensor_5 = None
            clone_5: "i32[3, 2, 2, 3, 3]" = torch.ops.aten.clone.default(expand_5, memory_format = torch.contiguous_format);  expand_5 = None
            _unsafe_view_5: "i32[6, 2, 3, 3]" = torch.ops.aten._unsafe_view.default(clone_5, [6, 2, 3, 3]);  clone_5 = None
            expand_6: "i32[3, 2, 2, 3]" = torch.ops.aten.expand.default(c_lifted_tensor_6, [3, 2, 2, 3]);  c_lifted_tensor_6 = None
            clone_6: "i32[3, 2, 2, 3]" = torch.ops.aten.clone.default(expand_6, memory_format = torch.contiguous_format);  expand_6 = None
            _unsafe_view_6: "i32[6, 2, 3]" = torch.ops.aten._unsafe_view.default(clone_6, [6, 2, 3]);  clone_6 = None
            expand_7: "i32[3, 2, 2, 3, 3]" = torch.ops.aten.expand.default(c_lifted_tensor_7, [3, 2, 2, 3, 3]);  c_lifted_tensor_7 = None
            clone_7: "i32[3, 2, 2, 3, 3]" = torch.ops.aten.clone.default(expand_7, memory_format = torch.contiguous_format);  expand_7 = None
            _unsafe_view_7: "i32[6, 2, 3, 3]" = torch.ops.aten._unsafe_view.default(clone_7, [6, 2, 3, 3]);  clone_7 = None
            score_mod_batched0 = self.score_mod_batched0
            mask_mod_batched0 = self.mask_mod_batched0
            flex_attention = torch.ops.higher_order.flex_attention(view, view_1, view_2, score_mod_batched0, (5, 6, _unsafe_view, _unsafe_view_1, _unsafe_view_2, _unsafe_view_3, _unsafe_view_4, _unsafe_view_5, _unsafe_view_6, _unsafe_view_7, None, None, None, None, 2, 2, mask_mod_batched0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_gain, p_table), ());  view = view_1 = view_2 = score_mod_batched0 = _unsafe_view = _unsafe_view_1 = _unsafe_view_2 = _unsafe_view_3 = _unsafe_view_4 = _unsafe_view_5 = _unsafe_view_6 = _unsafe_view_7 = mask_mod_batched0 = p_gain = p_table = None
            getitem: "f64[6, 2, 5, 3]" = flex_attention[0];  flex_attention = None
            view_3: "f64[3, 2, 2, 5, 3]" = torch.ops.aten.view.default(getitem, [3, 2, 2, 5, 3]);  getitem = None
            return (view_3,)
    
        class score_mod_batched0(torch.nn.Module):
            def forward(self, arg: "f64[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]", arg_4: "i32[]", captured: "f64[2]", captured_1: "f64[3, 2, 10]"):
                # No stacktrace found for following nodes
                floor_divide: "i32[]" = torch.ops.aten.floor_divide.Scalar(arg_1, 2)
                remainder: "i32[]" = torch.ops.aten.remainder.Scalar(arg_1, 2);  arg_1 = None
                index: "f64[2, 10]" = torch.ops.aten.index.Tensor(captured_1, [floor_divide]);  captured_1 = floor_divide = None
    
                # File: <eval_with_key>.6:5 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_gain_[child_1];  l_args_3_closure_0_cell_contents_parameters_gain_ = child_1 = None
                index_1: "f64[]" = torch.ops.aten.index.Tensor(captured, [remainder]);  captured = remainder = None
    
                # File: <eval_with_key>.6:6 in forward, code: mul = child * getitem;  child = getitem = None
                mul: "f64[]" = torch.ops.aten.mul.Tensor(arg, index_1);  arg = index_1 = None
    
                # File: <eval_with_key>.6:7 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg_3, arg_4);  arg_3 = arg_4 = None
    
                # File: <eval_with_key>.6:8 in forward, code: add = sub + 5;  sub = None
                add: "i32[]" = torch.ops.aten.add.Tensor(sub, 5);  sub = None
    
                # File: <eval_with_key>.6:9 in forward, code: getitem_1 = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, add)];  l_args_3_closure_0_cell_contents_parameters_table_ = child_2 = add = None
                index_2: "f64[]" = torch.ops.aten.index.Tensor(index, [arg_2, add]);  index = arg_2 = add = None
    
                # File: <eval_with_key>.6:10 in forward, code: add_1 = mul + getitem_1;  mul = getitem_1 = None
                add_1: "f64[]" = torch.ops.aten.add.Tensor(mul, index_2);  mul = index_2 = None
                return add_1
    
        class mask_mod_batched0(torch.nn.Module):
            def forward(self, arg: "i32[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]"):
                # No stacktrace found for following nodes
                remainder: "i32[]" = torch.ops.aten.remainder.Scalar(arg, 2);  arg = None
    
                # File: <eval_with_key>.7:5 in forward, code: ge = child_2 >= child_3;  child_2 = child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg_2, arg_3);  arg_2 = arg_3 = None
    
                # File: <eval_with_key>.7:6 in forward, code: eq = child == 1;  child = None
                eq: "b8[]" = torch.ops.aten.eq.Scalar(remainder, 1);  remainder = None
    
                # File: <eval_with_key>.7:7 in forward, code: or_ = ge | eq;  ge = eq = None
                bitwise_or: "b8[]" = torch.ops.aten.bitwise_or.Tensor(ge, eq);  ge = eq = None
                return bitwise_or
    
Graph signature:
    # inputs
    p_table: USER_INPUT
    p_gain: USER_INPUT
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
    view_3: USER_OUTPUT
    
Range constraints: {}
