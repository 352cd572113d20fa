ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_t: "f32[9]", q: "f32[1, 2, 9, 4]", k: "f32[1, 2, 12, 4]", v: "f32[1, 2, 12, 4]"):
            # File: /tmp/w/flex/tests/torch/flex.py:60 in forward, code: out, lse = (self.dense if dense else self.attention)(q, k, v)
            ones: "i32[1, 1, 1]" = torch.ops.aten.ones.default([1, 1, 1], dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            zeros: "i32[1, 1, 1, 1]" = torch.ops.aten.zeros.default([1, 1, 1, 1], dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            new_zeros: "i32[1, 1, 1, 2]" = torch.ops.aten.new_zeros.default(zeros, [1, 1, 1, 2], dtype = torch.int32, pin_memory = False)
            arange: "i32[1]" = torch.ops.aten.arange.default(1, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze: "i32[1, 1]" = torch.ops.aten.unsqueeze.default(arange, -1);  arange = None
            arange_1: "i32[1]" = torch.ops.aten.arange.default(1, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze_1: "i32[1, 1, 1, 1]" = torch.ops.aten.unsqueeze.default(ones, 3)
            lt: "b8[1, 1, 1, 1]" = torch.ops.aten.lt.Tensor(arange_1, unsqueeze_1);  arange_1 = unsqueeze_1 = None
            scalar_tensor: "i32[]" = torch.ops.aten.scalar_tensor.default(1, dtype = torch.int32, layout = torch.strided, device = device(type='cpu'))
            where: "i32[1, 1, 1, 1]" = torch.ops.aten.where.self(lt, zeros, scalar_tensor);  lt = scalar_tensor = None
            new_ones: "i32[1, 1]" = torch.ops.aten.new_ones.default(new_zeros, [1, 1], pin_memory = False)
            arange_2: "i64[1]" = torch.ops.aten.arange.default(1, dtype = torch.int64, layout = torch.strided, device = device(type='cpu'))
            unsqueeze_2: "i64[1, 1]" = torch.ops.aten.unsqueeze.default(arange_2, -1);  arange_2 = None
            unsqueeze_3: "i64[1, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze_2, -1);  unsqueeze_2 = None
            view: "i32[1, 1, 1, 1]" = torch.ops.aten.view.default(new_ones, [1, 1, 1, 1]);  new_ones = None
            arange_3: "i64[1]" = torch.ops.aten.arange.default(1, dtype = torch.int64, layout = torch.strided, device = device(type='cpu'))
            unsqueeze_4: "i64[1, 1]" = torch.ops.aten.unsqueeze.default(arange_3, -1);  arange_3 = None
            unsqueeze_5: "i64[1, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze_4, -1);  unsqueeze_4 = None
            unsqueeze_6: "i64[1, 1, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze_5, -1);  unsqueeze_5 = None
            index_put: "i32[1, 1, 1, 2]" = torch.ops.aten.index_put.default(new_zeros, [unsqueeze_6, unsqueeze_3, unsqueeze, where], view);  new_zeros = unsqueeze_6 = unsqueeze_3 = unsqueeze = where = view = None
            slice_3: "i32[1, 1, 1, 1]" = torch.ops.aten.slice.Tensor(index_put, 3, 0, 1);  index_put = None
            transpose_1: "i32[1, 1, 1, 1]" = torch.ops.aten.transpose.int(slice_3, -2, -1);  slice_3 = None
            _assert_tensor_metadata = torch.ops.aten._assert_tensor_metadata.default(transpose_1, None, None, torch.int32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata = None
            sum_1: "i64[1, 1, 1]" = torch.ops.aten.sum.dim_IntList(transpose_1, [-1])
            argsort: "i64[1, 1, 1, 1]" = torch.ops.aten.argsort.stable(transpose_1, stable = True, descending = True);  transpose_1 = None
            _assert_tensor_metadata_1 = torch.ops.aten._assert_tensor_metadata.default(sum_1, None, None, torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_1 = None
            _to_copy: "i32[1, 1, 1]" = torch.ops.aten._to_copy.default(sum_1, dtype = torch.int32, memory_format = torch.contiguous_format);  sum_1 = None
            _assert_tensor_metadata_2 = torch.ops.aten._assert_tensor_metadata.default(argsort, None, None, torch.int64, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_2 = None
            _to_copy_1: "i32[1, 1, 1, 1]" = torch.ops.aten._to_copy.default(argsort, dtype = torch.int32, memory_format = torch.contiguous_format);  argsort = None
    
            # File: <eval_with_key>.5:15 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (1, 1, l_args_4_2_, l_args_4_3_, None, None, l_args_4_6_, l_args_4_7_, None, None, None, None, None, None, 1073741824, 1073741824, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_t_,), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_6_ = l_args_4_7_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_t_ = None
            sdpa_score0 = self.sdpa_score0
            sdpa_mask0 = self.sdpa_mask0
            flex_attention = torch.ops.higher_order.flex_attention(q, k, v, sdpa_score0, (1, 1, ones, zeros, None, None, _to_copy, _to_copy_1, None, None, None, None, None, None, 1073741824, 1073741824, sdpa_mask0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_t,), ());  q = k = v = sdpa_score0 = ones = zeros = _to_copy = _to_copy_1 = sdpa_mask0 = p_t = None
            getitem: "f32[1, 2, 9, 4]" = flex_attention[0];  flex_attention = None
            return (getitem,)
    
        class sdpa_score0(torch.nn.Module):
            def forward(self, arg0_1: "f32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]", arg4_1: "i32[]", arg5_1: "f32[9]"):
                # Annotation: {'_torchdynamo_disable': True, '_torchdynamo_disable_recursive': True, '_torchdynamo_disable_method': 'trace'} File: <eval_with_key>.5:15 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (1, 1, l_args_4_2_, l_args_4_3_, None, None, l_args_4_6_, l_args_4_7_, None, None, None, None, None, None, 1073741824, 1073741824, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_t_,), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_6_ = l_args_4_7_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_t_ = None
                softmax: "f32[9]" = torch.ops.aten.softmax.int(arg5_1, 0);  arg5_1 = None
                index: "f32[]" = torch.ops.aten.index.Tensor(softmax, [arg3_1]);  softmax = arg3_1 = None
                mul: "f32[]" = torch.ops.aten.mul.Tensor(arg0_1, index);  arg0_1 = index = None
                return mul
    
        class sdpa_mask0(torch.nn.Module):
            def forward(self, arg0_1: "i32[]", arg1_1: "i32[]", arg2_1: "i32[]", arg3_1: "i32[]"):
                # File: <eval_with_key>.7:5 in forward, code: new_ones = child.new_ones(size = (), dtype = torch.bool, device = device(type='cpu'));  child = None
                new_ones: "b8[]" = torch.ops.aten.new_ones.default(arg0_1, [], dtype = torch.bool, device = device(type='cpu'), pin_memory = False);  arg0_1 = None
                return new_ones
    
Graph signature:
    # inputs
    p_t: PARAMETER target='t'
    q: USER_INPUT
    k: USER_INPUT
    v: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
