ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_table: "f64[2, 10]", c_lifted_tensor_0: "i32[2, 2, 2]", c_lifted_tensor_1: "i32[2, 2, 2, 2]", c_lifted_tensor_2: "i32[2, 2, 2]", c_lifted_tensor_3: "i32[2, 2, 2, 2]", c_lifted_tensor_4: "i32[2, 2, 2]", c_lifted_tensor_5: "i32[2, 2, 2, 2]", c_lifted_tensor_6: "i32[2, 2, 2]", c_lifted_tensor_7: "i32[2, 2, 2, 2]", q: "f64[3, 2, 2, 5, 4]", k: "f64[2, 2, 6, 4]", v: "f64[3, 2, 2, 6, 3]"):
            # File: <eval_with_key>.5:19 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (5, 6, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 3, 3, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_table_,), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_table_ = None
            view: "f64[6, 2, 5, 4]" = torch.ops.aten.view.default(q, [6, 2, 5, 4])
            expand: "f64[3, 2, 2, 6, 4]" = torch.ops.aten.expand.default(k, [3, 2, 2, 6, 4])
            clone: "f64[3, 2, 2, 6, 4]" = torch.ops.aten.clone.default(expand, memory_format = torch.contiguous_format);  expand = None
            _unsafe_view: "f64[6, 2, 6, 4]" = torch.ops.aten._unsafe_view.default(clone, [6, 2, 6, 4]);  clone = None
            view_1: "f64[6, 2, 6, 3]" = torch.ops.aten.view.default(v, [6, 2, 6, 3])
            expand_1: "i32[3, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_0, [3, 2, 2, 2])
            clone_1: "i32[3, 2, 2, 2]" = torch.ops.aten.clone.default(expand_1, memory_format = torch.contiguous_format);  expand_1 = None
            _unsafe_view_1: "i32[6, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_1, [6, 2, 2]);  clone_1 = None
            expand_2: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_1, [3, 2, 2, 2, 2])
            clone_2: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.clone.default(expand_2, memory_format = torch.contiguous_format);  expand_2 = None
            _unsafe_view_2: "i32[6, 2, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_2, [6, 2, 2, 2]);  clone_2 = None
            expand_3: "i32[3, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_2, [3, 2, 2, 2])
            clone_3: "i32[3, 2, 2, 2]" = torch.ops.aten.clone.default(expand_3, memory_format = torch.contiguous_format);  expand_3 = None
            _unsafe_view_3: "i32[6, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_3, [6, 2, 2]);  clone_3 = None
            expand_4: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_3, [3, 2, 2, 2, 2])
            clone_4: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.clone.default(expand_4, memory_format = torch.contiguous_format);  expand_4 = None
            _unsafe_view_4: "i32[6, 2, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_4, [6, 2, 2, 2]);  clone_4 = None
            expand_5: "i32[3, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_4, [3, 2, 2, 2])
            clone_5: "i32[3, 2, 2, 2]" = torch.ops.aten.clone.default(expand_5, memory_format = torch.contiguous_format);  expand_5 = None
            _unsafe_view_5: "i32[6, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_5, [6, 2, 2]);  clone_5 = None
            expand_6: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_5, [3, 2, 2, 2, 2])
            clone_6: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.clone.default(expand_6, memory_format = torch.contiguous_format);  expand_6 = None
            _unsafe_view_6: "i32[6, 2, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_6, [6, 2, 2, 2]);  clone_6 = None
            expand_7: "i32[3, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_6, [3, 2, 2, 2])
            clone_7: "i32[3, 2, 2, 2]" = torch.ops.aten.clone.default(expand_7, memory_format = torch.contiguous_format);  expand_7 = None
            _unsafe_view_7: "i32[6, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_7, [6, 2, 2]);  clone_7 = None
            expand_8: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_7, [3, 2, 2, 2, 2])
            clone_8: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.clone.default(expand_8, memory_format = torch.contiguous_format);  expand_8 = None
            _unsafe_view_8: "i32[6, 2, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_8, [6, 2, 2, 2]);  clone_8 = None
            score_mod_batched0 = self.score_mod_batched0
            mask_mod_batched0 = self.mask_mod_batched0
            flex_attention = torch.ops.higher_order.flex_attention(view, _unsafe_view, view_1, score_mod_batched0, (5, 6, _unsafe_view_1, _unsafe_view_2, _unsafe_view_3, _unsafe_view_4, _unsafe_view_5, _unsafe_view_6, _unsafe_view_7, _unsafe_view_8, None, None, None, None, 3, 3, mask_mod_batched0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_table,), ());  view = _unsafe_view = view_1 = score_mod_batched0 = _unsafe_view_1 = _unsafe_view_2 = _unsafe_view_3 = _unsafe_view_4 = _unsafe_view_5 = _unsafe_view_6 = _unsafe_view_7 = _unsafe_view_8 = mask_mod_batched0 = None
            getitem: "f64[6, 2, 5, 3]" = flex_attention[0]
            view_2: "f64[3, 2, 2, 5, 3]" = torch.ops.aten.view.default(getitem, [3, 2, 2, 5, 3]);  getitem = None
            getitem_1: "f64[6, 2, 5]" = flex_attention[1];  flex_attention = None
            view_3: "f64[3, 2, 2, 5]" = torch.ops.aten.view.default(getitem_1, [3, 2, 2, 5]);  getitem_1 = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:225 in forward, code: return sum(o.masked_fill(o.isinf(), 0.0).sin().sum() for o in out) if isinstance(out, tuple) else out.sin().sum()
            sin: "f64[3, 2, 2, 5, 3]" = torch.ops.aten.sin.default(view_2)
            view_5: "f64[3, 60]" = torch.ops.aten.view.default(sin, [3, 60]);  sin = None
            sum_1: "f64[3]" = torch.ops.aten.sum.dim_IntList(view_5, [1]);  view_5 = None
    
            # No stacktrace found for following nodes
            ones_like: "f64[3]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
    
            # File: /tmp/w/flex/tests/torch/flex.py:225 in forward, code: return sum(o.masked_fill(o.isinf(), 0.0).sin().sum() for o in out) if isinstance(out, tuple) else out.sin().sum()
            unsqueeze: "f64[3, 1]" = torch.ops.aten.unsqueeze.default(ones_like, 1);  ones_like = None
            unsqueeze_1: "f64[3, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze, 1);  unsqueeze = None
            unsqueeze_2: "f64[3, 1, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze_1, 1);  unsqueeze_1 = None
            unsqueeze_3: "f64[3, 1, 1, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze_2, 1);  unsqueeze_2 = None
            expand_9: "f64[3, 2, 2, 5, 3]" = torch.ops.aten.expand.default(unsqueeze_3, [3, 2, 2, 5, 3]);  unsqueeze_3 = None
            cos: "f64[3, 2, 2, 5, 3]" = torch.ops.aten.cos.default(view_2)
            mul: "f64[3, 2, 2, 5, 3]" = torch.ops.aten.mul.Tensor(expand_9, cos);  expand_9 = cos = None
    
            # File: <eval_with_key>.5:19 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (5, 6, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 3, 3, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_table_,), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_table_ = None
            view_6: "f64[6, 2, 5, 4]" = torch.ops.aten.view.default(q, [6, 2, 5, 4]);  q = None
            expand_10: "f64[3, 2, 2, 6, 4]" = torch.ops.aten.expand.default(k, [3, 2, 2, 6, 4]);  k = None
            clone_9: "f64[3, 2, 2, 6, 4]" = torch.ops.aten.clone.default(expand_10, memory_format = torch.contiguous_format);  expand_10 = None
            _unsafe_view_9: "f64[6, 2, 6, 4]" = torch.ops.aten._unsafe_view.default(clone_9, [6, 2, 6, 4]);  clone_9 = None
            view_7: "f64[6, 2, 6, 3]" = torch.ops.aten.view.default(v, [6, 2, 6, 3]);  v = None
            view_8: "f64[6, 2, 5, 3]" = torch.ops.aten.view.default(view_2, [6, 2, 5, 3]);  view_2 = None
            view_9: "f64[6, 2, 5]" = torch.ops.aten.view.default(view_3, [6, 2, 5]);  view_3 = None
            view_10: "f64[6, 2, 5, 3]" = torch.ops.aten.view.default(mul, [6, 2, 5, 3]);  mul = None
            expand_11: "i32[3, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_0, [3, 2, 2, 2]);  c_lifted_tensor_0 = None
            clone_10: "i32[3, 2, 2, 2]" = torch.ops.aten.clone.default(expand_11, memory_format = torch.contiguous_format);  expand_11 = None
            _unsafe_view_10: "i32[6, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_10, [6, 2, 2]);  clone_10 = None
            expand_12: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_1, [3, 2, 2, 2, 2]);  c_lifted_tensor_1 = None
            clone_11: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.clone.default(expand_12, memory_format = torch.contiguous_format);  expand_12 = None
            _unsafe_view_11: "i32[6, 2, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_11, [6, 2, 2, 2]);  clone_11 = None
            expand_13: "i32[3, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_2, [3, 2, 2, 2]);  c_lifted_tensor_2 = None
            clone_12: "i32[3, 2, 2, 2]" = torch.ops.aten.clone.default(expand_13, memory_format = torch.contiguous_format);  expand_13 = None
            _unsafe_view_12: "i32[6, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_12, [6, 2, 2]);  clone_12 = None
            expand_14: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_3, [3, 2, 2, 2, 2]);  c_lifted_tensor_3 = None
            clone_13: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.clone.default(expand_14, memory_format = torch.contiguous_format);  expand_14 = None
            _unsafe_view_13: "i32[6, 2, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_13, [6, 2, 2, 2]);  clone_13 = None
            expand_15: "i32[3, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_4, [3, 2, 2, 2]);  c_lifted_tensor_4 = None
            clone_14: "i32[3, 2, 2, 2]" = torch.ops.aten.clone.default(expand_15, memory_format = torch.contiguous_format);  expand_15 = None
            _unsafe_view_14: "i32[6, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_14, [6, 2, 2]);  clone_14 = None
            expand_16: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_5, [3, 2, 2, 2, 2]);  c_lifted_tensor_5 = None
            clone_15: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.clone.default(expand_16, memory_format = torch.contiguous_format);  expand_16 = None
            _unsafe_view_15: "i32[6, 2, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_15, [6, 2, 2, 2]);  clone_15 = None
            expand_17: "i32[3, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_6, [3, 2, 2, 2]);  c_lifted_tensor_6 = None
            clone_16: "i32[3, 2, 2, 2]" = torch.ops.aten.clone.default(expand_17, memory_format = torch.contiguous_format);  expand_17 = None
            _unsafe_view_16: "i32[6, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_16, [6, 2, 2]);  clone_16 = None
            expand_18: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.expand.default(c_lifted_tensor_7, [3, 2, 2, 2, 2]);  c_lifted_tensor_7 = None
            clone_17: "i32[3, 2, 2, 2, 2]" = torch.ops.aten.clone.default(expand_18, memory_format = torch.contiguous_format);  expand_18 = None
            _unsafe_view_17: "i32[6, 2, 2, 2]" = torch.ops.aten._unsafe_view.default(clone_17, [6, 2, 2, 2]);  clone_17 = None
            expand_19: "f64[3, 2, 10]" = torch.ops.aten.expand.default(p_table, [3, 2, 10]);  p_table = None
            score_mod_batched1 = self.score_mod_batched1
            joint_batched0 = self.joint_batched0
            mask_mod_batched1 = self.mask_mod_batched1
            flex_attention_backward = torch.ops.higher_order.flex_attention_backward(view_6, _unsafe_view_9, view_7, view_8, view_9, view_10, None, score_mod_batched1, joint_batched0, (5, 6, _unsafe_view_10, _unsafe_view_11, _unsafe_view_12, _unsafe_view_13, _unsafe_view_14, _unsafe_view_15, _unsafe_view_16, _unsafe_view_17, None, None, None, None, 3, 3, mask_mod_batched1), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (expand_19,), ());  view_6 = _unsafe_view_9 = view_7 = view_8 = view_9 = view_10 = score_mod_batched1 = joint_batched0 = _unsafe_view_10 = _unsafe_view_11 = _unsafe_view_12 = _unsafe_view_13 = _unsafe_view_14 = _unsafe_view_15 = _unsafe_view_16 = _unsafe_view_17 = mask_mod_batched1 = expand_19 = None
            getitem_3: "f64[6, 2, 5, 4]" = flex_attention_backward[0]
            view_11: "f64[3, 2, 2, 5, 4]" = torch.ops.aten.view.default(getitem_3, [3, 2, 2, 5, 4]);  getitem_3 = None
            getitem_6 = flex_attention_backward[3];  flex_attention_backward = None
            getitem_7: "f64[3, 2, 10]" = getitem_6[0];  getitem_6 = None
            return (getitem_7, view_11)
    
        class score_mod_batched0(torch.nn.Module):
            def forward(self, arg: "f64[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]", arg_4: "i32[]", captured: "f64[2, 10]"):
                # No stacktrace found for following nodes
                remainder: "i32[]" = torch.ops.aten.remainder.Scalar(arg_1, 2);  arg_1 = None
    
                # File: <eval_with_key>.6:5 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg_3, arg_4);  arg_3 = arg_4 = None
    
                # File: <eval_with_key>.6:6 in forward, code: add = sub + 5;  sub = None
                add: "i32[]" = torch.ops.aten.add.Tensor(sub, 5);  sub = None
    
                # File: <eval_with_key>.6:7 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, add)];  add = None
                index: "f64[]" = torch.ops.aten.index.Tensor(captured, [arg_2, add]);  add = None
    
                # File: <eval_with_key>.6:8 in forward, code: getitem_1 = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, child_1)];  l_args_3_closure_0_cell_contents_parameters_table_ = child_2 = child_1 = None
                index_1: "f64[]" = torch.ops.aten.index.Tensor(captured, [arg_2, remainder]);  captured = arg_2 = remainder = None
    
                # File: <eval_with_key>.6:9 in forward, code: mul = getitem * getitem_1;  getitem = getitem_1 = None
                mul: "f64[]" = torch.ops.aten.mul.Tensor(index, index_1);  index = index_1 = None
    
                # File: <eval_with_key>.6:10 in forward, code: add_1 = child + mul;  child = mul = None
                add_1: "f64[]" = torch.ops.aten.add.Tensor(arg, mul);  arg = mul = None
                return add_1
    
        class mask_mod_batched0(torch.nn.Module):
            def forward(self, arg: "i32[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]"):
                # File: <eval_with_key>.7:5 in forward, code: ge = child_2 >= child_3;  child_2 = child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg_2, arg_3);  arg_2 = arg_3 = None
                return ge
    
        class score_mod_batched1(torch.nn.Module):
            def forward(self, arg: "f64[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]", arg_4: "i32[]", captured: "f64[3, 2, 10]"):
                # No stacktrace found for following nodes
                floor_divide: "i32[]" = torch.ops.aten.floor_divide.Scalar(arg_1, 2)
                remainder: "i32[]" = torch.ops.aten.remainder.Scalar(arg_1, 2);  arg_1 = None
                index: "f64[2, 10]" = torch.ops.aten.index.Tensor(captured, [floor_divide]);  captured = floor_divide = None
    
                # File: <eval_with_key>.6:5 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg_3, arg_4);  arg_3 = arg_4 = None
    
                # File: <eval_with_key>.6:6 in forward, code: add = sub + 5;  sub = None
                add: "i32[]" = torch.ops.aten.add.Tensor(sub, 5);  sub = None
    
                # File: <eval_with_key>.6:7 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, add)];  add = None
                index_1: "f64[]" = torch.ops.aten.index.Tensor(index, [arg_2, add]);  add = None
    
                # File: <eval_with_key>.6:8 in forward, code: getitem_1 = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, child_1)];  l_args_3_closure_0_cell_contents_parameters_table_ = child_2 = child_1 = None
                index_2: "f64[]" = torch.ops.aten.index.Tensor(index, [arg_2, remainder]);  index = arg_2 = remainder = None
    
                # File: <eval_with_key>.6:9 in forward, code: mul = getitem * getitem_1;  getitem = getitem_1 = None
                mul: "f64[]" = torch.ops.aten.mul.Tensor(index_1, index_2);  index_1 = index_2 = None
    
                # File: <eval_with_key>.6:10 in forward, code: add_1 = child + mul;  child = mul = None
                add_1: "f64[]" = torch.ops.aten.add.Tensor(arg, mul);  arg = mul = None
                return add_1
    
        class joint_batched0(torch.nn.Module):
            def forward(self, arg: "f64[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]", arg_4: "i32[]", arg_5: "f64[]", captured: "f64[3, 2, 10]"):
                # No stacktrace found for following nodes
                floor_divide: "i32[]" = torch.ops.aten.floor_divide.Scalar(arg_1, 2)
                remainder: "i32[]" = torch.ops.aten.remainder.Scalar(arg_1, 2);  arg_1 = None
                index: "f64[2, 10]" = torch.ops.aten.index.Tensor(captured, [floor_divide]);  captured = None
    
                # File: <eval_with_key>.6:5 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg_3, arg_4);  arg_3 = arg_4 = None
    
                # File: <eval_with_key>.6:6 in forward, code: add = sub + 5;  sub = None
                add: "i32[]" = torch.ops.aten.add.Tensor(sub, 5);  sub = None
    
                # File: <eval_with_key>.6:7 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, add)];  add = None
                index_1: "f64[]" = torch.ops.aten.index.Tensor(index, [arg_2, add])
    
                # File: <eval_with_key>.6:8 in forward, code: getitem_1 = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, child_1)];  l_args_3_closure_0_cell_contents_parameters_table_ = child_2 = child_1 = None
                index_2: "f64[]" = torch.ops.aten.index.Tensor(index, [arg_2, remainder]);  index = None
    
                # File: <eval_with_key>.6:9 in forward, code: mul = getitem * getitem_1;  getitem = getitem_1 = None
                mul: "f64[]" = torch.ops.aten.mul.Tensor(arg_5, index_1);  index_1 = None
                mul_1: "f64[]" = torch.ops.aten.mul.Tensor(arg_5, index_2);  index_2 = None
    
                # No stacktrace found for following nodes
                zeros_and_scatter: "f64[2, 10]" = torch.ops.flex_lib.zeros_and_scatter.default([2, 10], [arg_2, remainder], mul);  remainder = mul = None
                zeros_and_scatter_1: "f64[2, 10]" = torch.ops.flex_lib.zeros_and_scatter.default([2, 10], [arg_2, add], mul_1);  arg_2 = add = mul_1 = None
    
                # File: <eval_with_key>.6:7 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_table_[(child_2, add)];  add = None
                add_1: "f64[2, 10]" = torch.ops.aten.add.Tensor(zeros_and_scatter, zeros_and_scatter_1);  zeros_and_scatter = zeros_and_scatter_1 = None
    
                # No stacktrace found for following nodes
                zeros_and_scatter_2: "f64[3, 2, 10]" = torch.ops.flex_lib.zeros_and_scatter.default([3, 2, 10], [floor_divide], add_1);  floor_divide = add_1 = None
                return [arg_5, None, None, None, None, zeros_and_scatter_2]
    
        class mask_mod_batched1(torch.nn.Module):
            def forward(self, arg: "i32[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]"):
                # File: <eval_with_key>.7:5 in forward, code: ge = child_2 >= child_3;  child_2 = child_3 = None
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg_2, arg_3);  arg_2 = arg_3 = None
                return ge
    
Graph signature:
    # inputs
    p_table: PARAMETER target='table'
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
    view_11: USER_OUTPUT
    
Range constraints: {}
