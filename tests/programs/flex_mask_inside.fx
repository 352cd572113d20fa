ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_t: "f32[20]", b_doc: "i64[12]", q: "f32[1, 2, 9, 4]", k: "f32[1, 2, 12, 4]", v: "f32[1, 2, 12, 4]"):
            # File: /tmp/w/flex/tests/torch/flex.py:62 in forward, code: out, lse = (self.dense if dense else self.attention)(q, k, v)
            arange: "i64[1]" = torch.ops.aten.arange.start(0, 1, device = device(type='cpu'), pin_memory = False)
            arange_1: "i64[2]" = torch.ops.aten.arange.start(0, 2, device = device(type='cpu'), pin_memory = False)
            arange_2: "i64[9]" = torch.ops.aten.arange.start(0, 9, device = device(type='cpu'), pin_memory = False)
            arange_3: "i64[12]" = torch.ops.aten.arange.start(0, 12, device = device(type='cpu'), pin_memory = False)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "i64[]" = torch._functorch.predispatch._add_batch_dim(arange, 0, 1);  arange = _add_batch_dim = None
            lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None
            _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting_1 = None
            _add_batch_dim_1: "i64[]" = torch._functorch.predispatch._add_batch_dim(arange_1, 0, 2);  arange_1 = _add_batch_dim_1 = None
            lazy_load_decompositions_2 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_2 = None
            _vmap_increment_nesting_2 = torch._functorch.predispatch._vmap_increment_nesting(9, 'error');  _vmap_increment_nesting_2 = None
            _add_batch_dim_2: "i64[]" = torch._functorch.predispatch._add_batch_dim(arange_2, 0, 3);  arange_2 = None
            lazy_load_decompositions_3 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_3 = None
            _vmap_increment_nesting_3 = torch._functorch.predispatch._vmap_increment_nesting(12, 'error');  _vmap_increment_nesting_3 = None
            _add_batch_dim_3: "i64[]" = torch._functorch.predispatch._add_batch_dim(arange_3, 0, 4);  arange_3 = None
            ge: "b8[]" = torch.ops.aten.ge.Tensor(_add_batch_dim_2, _add_batch_dim_3)
            torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex0
            function_const_func_spec0 = self.function_const_func_spec0
            flat_apply: "i64[]" = torch.ops.higher_order.flat_apply(function_const_func_spec0, torch__dynamo__trace_wrapped_higher_order_op_mod_index0, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', b_doc, _add_batch_dim_2);  function_const_func_spec0 = torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = _add_batch_dim_2 = None
            torch__dynamo__trace_wrapped_higher_order_op_mod_index1 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex1
            function_const_func_spec0_1 = self.function_const_func_spec0
            flat_apply_1: "i64[]" = torch.ops.higher_order.flat_apply(function_const_func_spec0_1, torch__dynamo__trace_wrapped_higher_order_op_mod_index1, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', b_doc, _add_batch_dim_3);  function_const_func_spec0_1 = torch__dynamo__trace_wrapped_higher_order_op_mod_index1 = _add_batch_dim_3 = None
            eq: "b8[]" = torch.ops.aten.eq.Tensor(flat_apply, flat_apply_1);  flat_apply = flat_apply_1 = None
            and_1: "b8[]" = torch.ops.aten.__and__.Tensor(ge, eq);  ge = eq = None
            _remove_batch_dim: "b8[12]" = torch._functorch.predispatch._remove_batch_dim(and_1, 4, 12, 0);  and_1 = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            _remove_batch_dim_1: "b8[9, 12]" = torch._functorch.predispatch._remove_batch_dim(_remove_batch_dim, 3, 9, 0);  _remove_batch_dim = None
            _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None
            _remove_batch_dim_2: "b8[2, 9, 12]" = torch._functorch.predispatch._remove_batch_dim(_remove_batch_dim_1, 2, 2, 0)
            unsqueeze: "b8[1, 9, 12]" = torch.ops.aten.unsqueeze.default(_remove_batch_dim_1, 0);  _remove_batch_dim_1 = None
            expand: "b8[2, 9, 12]" = torch.ops.aten.expand.default(unsqueeze, [2, 9, 12]);  unsqueeze = expand = None
            _vmap_decrement_nesting_2 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_2 = None
            _remove_batch_dim_3: "b8[1, 2, 9, 12]" = torch._functorch.predispatch._remove_batch_dim(_remove_batch_dim_2, 1, 1, 0)
            unsqueeze_1: "b8[1, 2, 9, 12]" = torch.ops.aten.unsqueeze.default(_remove_batch_dim_2, 0);  _remove_batch_dim_2 = None
            expand_1: "b8[1, 2, 9, 12]" = torch.ops.aten.expand.default(unsqueeze_1, [1, 2, 9, 12]);  unsqueeze_1 = expand_1 = None
            _vmap_decrement_nesting_3 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_3 = None
            pad: "b8[1, 2, 12, 12]" = torch.ops.aten.pad.default(_remove_batch_dim_3, [0, 0, 0, 3]);  _remove_batch_dim_3 = None
            view: "b8[1, 2, 3, 4, 3, 4]" = torch.ops.aten.view.default(pad, [1, 2, 3, 4, 3, 4]);  pad = None
            permute: "b8[1, 2, 3, 3, 4, 4]" = torch.ops.aten.permute.default(view, [0, 1, 2, 4, 3, 5]);  view = None
            sum_1: "i64[1, 2, 3, 3]" = torch.ops.aten.sum.dim_IntList(permute, [-2, -1]);  permute = None
            eq_1: "b8[1, 2, 3, 3]" = torch.ops.aten.eq.Scalar(sum_1, 16)
            gt: "b8[1, 2, 3, 3]" = torch.ops.aten.gt.Scalar(sum_1, 0)
            lt: "b8[1, 2, 3, 3]" = torch.ops.aten.lt.Scalar(sum_1, 16);  sum_1 = None
            and_2: "b8[1, 2, 3, 3]" = torch.ops.aten.__and__.Tensor(gt, lt);  gt = lt = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(and_2, dtype = torch.bool, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i8[1, 2, 3, 3]" = torch.ops.aten.to.dtype(and_2, torch.int8);  and_2 = None
            _assert_tensor_metadata_default_1 = torch.ops.aten._assert_tensor_metadata.default(eq_1, dtype = torch.bool, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_1 = None
            to_1: "i8[1, 2, 3, 3]" = torch.ops.aten.to.dtype(eq_1, torch.int8);  eq_1 = None
            _assert_tensor_metadata_default_2 = torch.ops.aten._assert_tensor_metadata.default(to, dtype = torch.int8, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_2 = None
            to_2: "i32[1, 2, 3, 3]" = torch.ops.aten.to.dtype(to, torch.int32);  to = None
            sum_2: "i64[1, 2, 3]" = torch.ops.aten.sum.dim_IntList(to_2, [-1])
            argsort: "i64[1, 2, 3, 3]" = torch.ops.aten.argsort.stable(to_2, stable = True, descending = True);  to_2 = None
            _assert_tensor_metadata_default_3 = torch.ops.aten._assert_tensor_metadata.default(sum_2, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_3 = None
            to_3: "i32[1, 2, 3]" = torch.ops.aten.to.dtype(sum_2, torch.int32, False, False, torch.contiguous_format);  sum_2 = None
            _assert_tensor_metadata_default_4 = torch.ops.aten._assert_tensor_metadata.default(argsort, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_4 = None
            to_4: "i32[1, 2, 3, 3]" = torch.ops.aten.to.dtype(argsort, torch.int32, False, False, torch.contiguous_format);  argsort = None
            _assert_tensor_metadata_default_5 = torch.ops.aten._assert_tensor_metadata.default(to_1, dtype = torch.int8, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_5 = None
            to_5: "i32[1, 2, 3, 3]" = torch.ops.aten.to.dtype(to_1, torch.int32);  to_1 = None
            sum_3: "i64[1, 2, 3]" = torch.ops.aten.sum.dim_IntList(to_5, [-1])
            argsort_1: "i64[1, 2, 3, 3]" = torch.ops.aten.argsort.stable(to_5, stable = True, descending = True);  to_5 = None
            _assert_tensor_metadata_default_6 = torch.ops.aten._assert_tensor_metadata.default(sum_3, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_6 = None
            to_6: "i32[1, 2, 3]" = torch.ops.aten.to.dtype(sum_3, torch.int32, False, False, torch.contiguous_format);  sum_3 = None
            _assert_tensor_metadata_default_7 = torch.ops.aten._assert_tensor_metadata.default(argsort_1, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_7 = None
            to_7: "i32[1, 2, 3, 3]" = torch.ops.aten.to.dtype(argsort_1, torch.int32, False, False, torch.contiguous_format);  argsort_1 = None
            lazy_load_decompositions_4 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_4 = None
            _vmap_increment_nesting_4 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_4 = None
            _add_batch_dim_4: "i32[2, 3]" = torch._functorch.predispatch._add_batch_dim(to_3, 0, 1)
            _add_batch_dim_5: "i32[2, 3, 3]" = torch._functorch.predispatch._add_batch_dim(to_4, 0, 1)
            lazy_load_decompositions_5 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_5 = None
            _vmap_increment_nesting_5 = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting_5 = None
            _add_batch_dim_6: "i32[3]" = torch._functorch.predispatch._add_batch_dim(_add_batch_dim_4, 0, 2);  _add_batch_dim_4 = None
            _add_batch_dim_7: "i32[3, 3]" = torch._functorch.predispatch._add_batch_dim(_add_batch_dim_5, 0, 2);  _add_batch_dim_5 = None
            new_zeros: "i32[3, 4]" = torch.ops.aten.new_zeros.default(_add_batch_dim_7, [3, 4], dtype = torch.int32, pin_memory = False)
            arange_4: "i32[3]" = torch.ops.aten.arange.default(3, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze_2: "i32[3, 1]" = torch.ops.aten.unsqueeze.default(arange_4, -1);  arange_4 = None
            arange_5: "i32[3]" = torch.ops.aten.arange.default(3, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze_3: "i32[3, 1]" = torch.ops.aten.unsqueeze.default(_add_batch_dim_6, -1);  _add_batch_dim_6 = None
            lt_1: "b8[3, 3]" = torch.ops.aten.lt.Tensor(arange_5, unsqueeze_3);  arange_5 = unsqueeze_3 = None
            where: "i32[3, 3]" = torch.ops.aten.where.ScalarOther(lt_1, _add_batch_dim_7, 3);  lt_1 = _add_batch_dim_7 = None
            new_ones: "i32[]" = torch.ops.aten.new_ones.default(new_zeros, [], pin_memory = False)
            index_put_: "i32[3, 4]" = torch.ops.aten.index_put_.default(new_zeros, [unsqueeze_2, where], new_ones);  new_zeros = unsqueeze_2 = where = new_ones = None
            slice_1: "i32[3, 3]" = torch.ops.aten.slice.Tensor(index_put_, 1, 0, 3);  index_put_ = None
            contiguous: "i32[3, 3]" = torch.ops.aten.contiguous.default(slice_1);  slice_1 = None
            _remove_batch_dim_4: "i32[2, 3, 3]" = torch._functorch.predispatch._remove_batch_dim(contiguous, 2, 2, 0);  contiguous = None
            _vmap_decrement_nesting_4 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_4 = None
            _remove_batch_dim_5: "i32[1, 2, 3, 3]" = torch._functorch.predispatch._remove_batch_dim(_remove_batch_dim_4, 1, 1, 0);  _remove_batch_dim_4 = None
            _vmap_decrement_nesting_5 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_5 = None
            transpose: "i32[1, 2, 3, 3]" = torch.ops.aten.transpose.int(_remove_batch_dim_5, -2, -1);  _remove_batch_dim_5 = None
            _assert_tensor_metadata_default_8 = torch.ops.aten._assert_tensor_metadata.default(transpose, dtype = torch.int32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_8 = None
            to_8: "i32[1, 2, 3, 3]" = torch.ops.aten.to.dtype(transpose, torch.int32);  transpose = None
            sum_4: "i64[1, 2, 3]" = torch.ops.aten.sum.dim_IntList(to_8, [-1])
            argsort_2: "i64[1, 2, 3, 3]" = torch.ops.aten.argsort.stable(to_8, stable = True, descending = True);  to_8 = None
            _assert_tensor_metadata_default_9 = torch.ops.aten._assert_tensor_metadata.default(sum_4, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_9 = None
            to_9: "i32[1, 2, 3]" = torch.ops.aten.to.dtype(sum_4, torch.int32, False, False, torch.contiguous_format);  sum_4 = None
            _assert_tensor_metadata_default_10 = torch.ops.aten._assert_tensor_metadata.default(argsort_2, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_10 = None
            to_10: "i32[1, 2, 3, 3]" = torch.ops.aten.to.dtype(argsort_2, torch.int32, False, False, torch.contiguous_format);  argsort_2 = None
            lazy_load_decompositions_6 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_6 = None
            _vmap_increment_nesting_6 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_6 = None
            _add_batch_dim_8: "i32[2, 3]" = torch._functorch.predispatch._add_batch_dim(to_6, 0, 1)
            _add_batch_dim_9: "i32[2, 3, 3]" = torch._functorch.predispatch._add_batch_dim(to_7, 0, 1)
            lazy_load_decompositions_7 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_7 = None
            _vmap_increment_nesting_7 = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting_7 = None
            _add_batch_dim_10: "i32[3]" = torch._functorch.predispatch._add_batch_dim(_add_batch_dim_8, 0, 2);  _add_batch_dim_8 = None
            _add_batch_dim_11: "i32[3, 3]" = torch._functorch.predispatch._add_batch_dim(_add_batch_dim_9, 0, 2);  _add_batch_dim_9 = None
            new_zeros_1: "i32[3, 4]" = torch.ops.aten.new_zeros.default(_add_batch_dim_11, [3, 4], dtype = torch.int32, pin_memory = False)
            arange_6: "i32[3]" = torch.ops.aten.arange.default(3, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze_4: "i32[3, 1]" = torch.ops.aten.unsqueeze.default(arange_6, -1);  arange_6 = None
            arange_7: "i32[3]" = torch.ops.aten.arange.default(3, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze_5: "i32[3, 1]" = torch.ops.aten.unsqueeze.default(_add_batch_dim_10, -1);  _add_batch_dim_10 = None
            lt_2: "b8[3, 3]" = torch.ops.aten.lt.Tensor(arange_7, unsqueeze_5);  arange_7 = unsqueeze_5 = None
            where_1: "i32[3, 3]" = torch.ops.aten.where.ScalarOther(lt_2, _add_batch_dim_11, 3);  lt_2 = _add_batch_dim_11 = None
            new_ones_1: "i32[]" = torch.ops.aten.new_ones.default(new_zeros_1, [], pin_memory = False)
            index_put__1: "i32[3, 4]" = torch.ops.aten.index_put_.default(new_zeros_1, [unsqueeze_4, where_1], new_ones_1);  new_zeros_1 = unsqueeze_4 = where_1 = new_ones_1 = None
            slice_2: "i32[3, 3]" = torch.ops.aten.slice.Tensor(index_put__1, 1, 0, 3);  index_put__1 = None
            contiguous_1: "i32[3, 3]" = torch.ops.aten.contiguous.default(slice_2);  slice_2 = None
            _remove_batch_dim_6: "i32[2, 3, 3]" = torch._functorch.predispatch._remove_batch_dim(contiguous_1, 2, 2, 0);  contiguous_1 = None
            _vmap_decrement_nesting_6 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_6 = None
            _remove_batch_dim_7: "i32[1, 2, 3, 3]" = torch._functorch.predispatch._remove_batch_dim(_remove_batch_dim_6, 1, 1, 0);  _remove_batch_dim_6 = None
            _vmap_decrement_nesting_7 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_7 = None
            transpose_1: "i32[1, 2, 3, 3]" = torch.ops.aten.transpose.int(_remove_batch_dim_7, -2, -1);  _remove_batch_dim_7 = None
            _assert_tensor_metadata_default_11 = torch.ops.aten._assert_tensor_metadata.default(transpose_1, dtype = torch.int32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_11 = None
            to_11: "i32[1, 2, 3, 3]" = torch.ops.aten.to.dtype(transpose_1, torch.int32);  transpose_1 = None
            sum_5: "i64[1, 2, 3]" = torch.ops.aten.sum.dim_IntList(to_11, [-1])
            argsort_3: "i64[1, 2, 3, 3]" = torch.ops.aten.argsort.stable(to_11, stable = True, descending = True);  to_11 = None
            _assert_tensor_metadata_default_12 = torch.ops.aten._assert_tensor_metadata.default(sum_5, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_12 = None
            to_12: "i32[1, 2, 3]" = torch.ops.aten.to.dtype(sum_5, torch.int32, False, False, torch.contiguous_format);  sum_5 = None
            _assert_tensor_metadata_default_13 = torch.ops.aten._assert_tensor_metadata.default(argsort_3, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_13 = None
            to_13: "i32[1, 2, 3, 3]" = torch.ops.aten.to.dtype(argsort_3, torch.int32, False, False, torch.contiguous_format);  argsort_3 = None
    
            # File: <eval_with_key>.5:20 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (9, 12, l_args_4_2_, l_args_4_3_, l_args_4_4_, l_args_4_5_, l_args_4_6_, l_args_4_7_, l_args_4_8_, l_args_4_9_, None, None, None, None, 4, 4, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_t_,), (l_args_4_16_closure_1_cell_contents_buffers_doc_,));  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_4_ = l_args_4_5_ = l_args_4_6_ = l_args_4_7_ = l_args_4_8_ = l_args_4_9_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_t_ = l_args_4_16_closure_1_cell_contents_buffers_doc_ = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(q, k, v, sdpa_score0, (9, 12, to_3, to_4, to_6, to_7, to_9, to_10, to_12, to_13, None, None, None, None, 4, 4, sdpa_mask0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_t,), (b_doc,));  q = k = v = sdpa_score0 = to_3 = to_4 = to_6 = to_7 = to_9 = to_10 = to_12 = to_13 = sdpa_mask0 = p_t = b_doc = None
            getitem: "f32[1, 2, 9, 4]" = flex_attention[0]
            getitem_1: "f32[1, 2, 9]" = flex_attention[1];  getitem_1 = None
            getitem_2: "f32[1, 2, 9]" = flex_attention[2];  flex_attention = getitem_2 = None
            return (getitem,)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f32[20]"):
                # File: <eval_with_key>.6:5 in forward, code: sub = child_3 - child_4;  child_3 = child_4 = None
                sub: "i32[]" = torch.ops.aten.sub.Tensor(arg3_1, arg4_1);  arg3_1 = arg4_1 = None
    
                # File: <eval_with_key>.6:6 in forward, code: add = sub + 11;  sub = None
                add: "i32[]" = torch.ops.aten.add.Tensor(sub, 11);  sub = None
    
                # File: <eval_with_key>.6:7 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_t_[add];  l_args_3_closure_0_cell_contents_parameters_t_ = add = None
                torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex0
                function_const_func_spec0 = self.function_const_func_spec0
                flat_apply: "f32[]" = torch.ops.higher_order.flat_apply(function_const_func_spec0, torch__dynamo__trace_wrapped_higher_order_op_mod_index0, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', arg5_1, add);  function_const_func_spec0 = torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = arg5_1 = add = None
    
                # File: <eval_with_key>.6:8 in forward, code: add_1 = child + getitem;  child = getitem = None
                add_1: "f32[]" = torch.ops.aten.add.Tensor(arg0_1, flat_apply);  arg0_1 = flat_apply = None
                return add_1
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i64[12]"):
                # File: <eval_with_key>.7:5 in forward, code: ge = child_2 >= child_3
                ge: "b8[]" = torch.ops.aten.ge.Tensor(arg2_1, arg3_1)
    
                # File: <eval_with_key>.7:6 in forward, code: getitem = l_args_4_16_closure_1_cell_contents_buffers_doc_[child_2];  child_2 = None
                torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex0
                function_const_func_spec0 = self.function_const_func_spec0
                flat_apply: "i64[]" = torch.ops.higher_order.flat_apply(function_const_func_spec0, torch__dynamo__trace_wrapped_higher_order_op_mod_index0, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', arg4_1, arg2_1);  function_const_func_spec0 = torch__dynamo__trace_wrapped_higher_order_op_mod_index0 = arg2_1 = None
    
                # File: <eval_with_key>.7:7 in forward, code: getitem_1 = l_args_4_16_closure_1_cell_contents_buffers_doc_[child_3];  l_args_4_16_closure_1_cell_contents_buffers_doc_ = child_3 = None
                torch__dynamo__trace_wrapped_higher_order_op_mod_index1 = self.torch__dynamo__trace_wrapped_higher_order_op_ModIndex1
                function_const_func_spec0_1 = self.function_const_func_spec0
                flat_apply_1: "i64[]" = torch.ops.higher_order.flat_apply(function_const_func_spec0_1, torch__dynamo__trace_wrapped_higher_order_op_mod_index1, 'torch._dynamo._trace_wrapped_higher_order_op.ModIndex', arg4_1, arg3_1);  function_const_func_spec0_1 = torch__dynamo__trace_wrapped_higher_order_op_mod_index1 = arg4_1 = arg3_1 = None
    
                # File: <eval_with_key>.7:8 in forward, code: eq = getitem == getitem_1;  getitem = getitem_1 = None
                eq: "b8[]" = torch.ops.aten.eq.Tensor(flat_apply, flat_apply_1);  flat_apply = flat_apply_1 = None
    
                # File: <eval_with_key>.7:9 in forward, code: and_ = ge & eq;  ge = eq = None
                and_1: "b8[]" = torch.ops.aten.__and__.Tensor(ge, eq);  ge = eq = None
                return and_1
    
Graph signature:
    # inputs
    p_t: PARAMETER target='t'
    b_doc: BUFFER target='doc' persistent=True
    q: USER_INPUT
    k: USER_INPUT
    v: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
