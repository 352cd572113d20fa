ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, q: "f32[2, 2, 20, 4]", k: "f32[2, 2, 20, 4]", v: "f32[2, 2, 20, 4]"):
            # File: /tmp/w/flex/tests/torch/flex.py:60 in forward, code: out, lse = (self.dense if dense else self.attention)(q, k, v)
            ones: "i32[1, 1, 1]" = torch.ops.aten.ones.default([1, 1, 1], dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            zeros: "i32[1, 1, 1, 1]" = torch.ops.aten.zeros.default([1, 1, 1, 1], dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "i32[1, 1]" = torch._functorch.predispatch._add_batch_dim(ones, 0, 1)
            _add_batch_dim_1: "i32[1, 1, 1]" = torch._functorch.predispatch._add_batch_dim(zeros, 0, 1)
            lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None
            _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_1 = None
            _add_batch_dim_2: "i32[1]" = torch._functorch.predispatch._add_batch_dim(_add_batch_dim, 0, 2);  _add_batch_dim = None
            _add_batch_dim_3: "i32[1, 1]" = torch._functorch.predispatch._add_batch_dim(_add_batch_dim_1, 0, 2);  _add_batch_dim_1 = None
            new_zeros: "i32[1, 2]" = torch.ops.aten.new_zeros.default(_add_batch_dim_3, [1, 2], dtype = torch.int32, pin_memory = False)
            arange: "i32[1]" = torch.ops.aten.arange.default(1, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze: "i32[1, 1]" = torch.ops.aten.unsqueeze.default(arange, -1);  arange = None
            arange_1: "i32[1]" = torch.ops.aten.arange.default(1, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze_1: "i32[1, 1]" = torch.ops.aten.unsqueeze.default(_add_batch_dim_2, -1);  _add_batch_dim_2 = None
            lt: "b8[1, 1]" = torch.ops.aten.lt.Tensor(arange_1, unsqueeze_1);  arange_1 = unsqueeze_1 = None
            where: "i32[1, 1]" = torch.ops.aten.where.ScalarOther(lt, _add_batch_dim_3, 1);  lt = _add_batch_dim_3 = None
            new_ones: "i32[]" = torch.ops.aten.new_ones.default(new_zeros, [], pin_memory = False)
            index_put_: "i32[1, 2]" = torch.ops.aten.index_put_.default(new_zeros, [unsqueeze, where], new_ones);  new_zeros = unsqueeze = where = new_ones = None
            slice_1: "i32[1, 1]" = torch.ops.aten.slice.Tensor(index_put_, 1, 0, 1);  index_put_ = None
            _remove_batch_dim: "i32[1, 1, 1]" = torch._functorch.predispatch._remove_batch_dim(slice_1, 2, 1, 0);  slice_1 = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            _remove_batch_dim_1: "i32[1, 1, 1, 1]" = torch._functorch.predispatch._remove_batch_dim(_remove_batch_dim, 1, 1, 0);  _remove_batch_dim = None
            _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None
            transpose: "i32[1, 1, 1, 1]" = torch.ops.aten.transpose.int(_remove_batch_dim_1, -2, -1);  _remove_batch_dim_1 = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(transpose, dtype = torch.int32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i32[1, 1, 1, 1]" = torch.ops.aten.to.dtype(transpose, torch.int32);  transpose = None
            sum_1: "i64[1, 1, 1]" = torch.ops.aten.sum.dim_IntList(to, [-1])
            argsort: "i64[1, 1, 1, 1]" = torch.ops.aten.argsort.stable(to, stable = True, descending = True);  to = None
            _assert_tensor_metadata_default_1 = torch.ops.aten._assert_tensor_metadata.default(sum_1, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_1 = None
            to_1: "i32[1, 1, 1]" = torch.ops.aten.to.dtype(sum_1, torch.int32, False, False, torch.contiguous_format);  sum_1 = None
            _assert_tensor_metadata_default_2 = torch.ops.aten._assert_tensor_metadata.default(argsort, dtype = torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_2 = None
            to_2: "i32[1, 1, 1, 1]" = torch.ops.aten.to.dtype(argsort, torch.int32, False, False, torch.contiguous_format);  argsort = None
    
            # File: <eval_with_key>.5:14 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (1, 1, l_args_4_2_, l_args_4_3_, None, None, l_args_4_6_, l_args_4_7_, None, None, None, None, None, None, 1073741824, 1073741824, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_6_ = l_args_4_7_ = mask_fn_0 = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(q, k, v, sdpa_score0, (1, 1, ones, zeros, None, None, to_1, to_2, None, None, None, None, None, None, 1073741824, 1073741824, sdpa_mask0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (), ());  q = k = v = sdpa_score0 = ones = zeros = to_1 = to_2 = sdpa_mask0 = None
            getitem: "f32[2, 2, 20, 4]" = flex_attention[0]
            getitem_1: "f32[2, 2, 20]" = flex_attention[1];  getitem_1 = None
            getitem_2: "f32[2, 2, 20]" = flex_attention[2];  flex_attention = getitem_2 = None
            return (getitem,)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]"):
                return arg0_1
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.7:5 in forward, code: new_ones = child.new_ones(size = (), dtype = torch.bool, device = device(type='cpu'));  child = None
                new_ones: "b8[]" = torch.ops.aten.new_ones.default(arg0_1, [], dtype = torch.bool, device = device(type='cpu'), pin_memory = False);  arg0_1 = None
                return new_ones
    
Graph signature:
    # inputs
    q: USER_INPUT
    k: USER_INPUT
    v: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
