ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_table: "f64[3, 2, 2]", q: "f64[2, 2, 5, 4]", k: "f64[2, 2, 6, 4]", v: "f64[2, 2, 6, 3]"):
            # File: /tmp/w/flex/tests/torch/flex.py:62 in forward, code: out, lse = (self.dense if dense else self.attention)(q, k, v)
            ones: "i32[1, 1, 1]" = torch.ops.aten.ones.default([1, 1, 1], dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            zeros: "i32[1, 1, 1, 1]" = torch.ops.aten.zeros.default([1, 1, 1, 1], dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            new_zeros: "i32[1, 2]" = torch.ops.aten.new_zeros.default(zeros, [1, 2], dtype = torch.int32, pin_memory = False)
            arange: "i32[1]" = torch.ops.aten.arange.default(1, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze: "i32[1, 1]" = torch.ops.aten.unsqueeze.default(arange, -1);  arange = None
            arange_1: "i32[1]" = torch.ops.aten.arange.default(1, dtype = torch.int32, device = device(type='cpu'), pin_memory = False)
            unsqueeze_1: "i32[1, 1, 1, 1]" = torch.ops.aten.unsqueeze.default(ones, 3)
            lt: "b8[1, 1, 1, 1]" = torch.ops.aten.lt.Tensor(arange_1, unsqueeze_1);  arange_1 = unsqueeze_1 = None
            scalar_tensor: "i32[]" = torch.ops.aten.scalar_tensor.default(1, dtype = torch.int32, layout = torch.strided, device = device(type='cpu'))
            where: "i32[1, 1, 1, 1]" = torch.ops.aten.where.self(lt, zeros, scalar_tensor);  lt = scalar_tensor = None
            new_ones: "i32[]" = torch.ops.aten.new_ones.default(new_zeros, [], pin_memory = False)
            expand: "i32[1, 1, 2]" = torch.ops.aten.expand.default(new_zeros, [1, 1, 2]);  new_zeros = None
            arange_2: "i64[1]" = torch.ops.aten.arange.default(1)
            unsqueeze_2: "i64[1, 1]" = torch.ops.aten.unsqueeze.default(arange_2, -1);  arange_2 = None
            unsqueeze_3: "i64[1, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze_2, -1);  unsqueeze_2 = None
            expand_1: "i32[1, 1, 1, 2]" = torch.ops.aten.expand.default(expand, [1, 1, 1, 2]);  expand = None
            arange_3: "i64[1]" = torch.ops.aten.arange.default(1)
            unsqueeze_4: "i64[1, 1]" = torch.ops.aten.unsqueeze.default(arange_3, -1);  arange_3 = None
            unsqueeze_5: "i64[1, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze_4, -1);  unsqueeze_4 = None
            unsqueeze_6: "i64[1, 1, 1, 1]" = torch.ops.aten.unsqueeze.default(unsqueeze_5, -1);  unsqueeze_5 = None
            index_put: "i32[1, 1, 1, 2]" = torch.ops.aten.index_put.default(expand_1, [unsqueeze_6, unsqueeze_3, unsqueeze, where], new_ones);  expand_1 = unsqueeze_6 = unsqueeze_3 = unsqueeze = where = new_ones = None
            slice_1: "i32[1, 1, 1, 1]" = torch.ops.aten.slice.Tensor(index_put, 3, 0, 1);  index_put = None
            transpose: "i32[1, 1, 1, 1]" = torch.ops.aten.transpose.int(slice_1, -2, -1);  slice_1 = None
            sum_1: "i64[1, 1, 1]" = torch.ops.aten.sum.dim_IntList(transpose, [-1])
            sort = torch.ops.aten.sort.stable(transpose, stable = True, descending = True);  transpose = None
            getitem: "i64[1, 1, 1, 1]" = sort[1];  sort = None
            _to_copy: "i32[1, 1, 1]" = torch.ops.aten._to_copy.default(sum_1, dtype = torch.int32, memory_format = torch.contiguous_format);  sum_1 = None
            _to_copy_1: "i32[1, 1, 1, 1]" = torch.ops.aten._to_copy.default(getitem, dtype = torch.int32, memory_format = torch.contiguous_format);  getitem = None
    
            # File: <eval_with_key>.42:15 in forward, code: flex_attention = torch.ops.higher_order.flex_attention(l_args_0_, l_args_1_, l_args_2_, score_mod_0, (1, 1, l_args_4_2_, l_args_4_3_, None, None, l_args_4_6_, l_args_4_7_, None, None, None, None, None, None, 1073741824, 1073741824, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_args_3_closure_0_cell_contents_parameters_table_,), ());  l_args_0_ = l_args_1_ = l_args_2_ = score_mod_0 = l_args_4_2_ = l_args_4_3_ = l_args_4_6_ = l_args_4_7_ = mask_fn_0 = l_args_3_closure_0_cell_contents_parameters_table_ = None
            expand_2: "f64[3, 2, 2, 5, 4]" = torch.ops.aten.expand.default(q, [3, 2, 2, 5, 4]);  q = None
            clone: "f64[3, 2, 2, 5, 4]" = torch.ops.aten.clone.default(expand_2, memory_format = torch.contiguous_format);  expand_2 = None
            _unsafe_view: "f64[6, 2, 5, 4]" = torch.ops.aten._unsafe_view.default(clone, [6, 2, 5, 4]);  clone = None
            expand_3: "f64[3, 2, 2, 6, 4]" = torch.ops.aten.expand.default(k, [3, 2, 2, 6, 4]);  k = None
            clone_1: "f64[3, 2, 2, 6, 4]" = torch.ops.aten.clone.default(expand_3, memory_format = torch.contiguous_format);  expand_3 = None
            _unsafe_view_1: "f64[6, 2, 6, 4]" = torch.ops.aten._unsafe_view.default(clone_1, [6, 2, 6, 4]);  clone_1 = None
            expand_4: "f64[3, 2, 2, 6, 3]" = torch.ops.aten.expand.default(v, [3, 2, 2, 6, 3]);  v = None
            clone_2: "f64[3, 2, 2, 6, 3]" = torch.ops.aten.clone.default(expand_4, memory_format = torch.contiguous_format);  expand_4 = None
            _unsafe_view_2: "f64[6, 2, 6, 3]" = torch.ops.aten._unsafe_view.default(clone_2, [6, 2, 6, 3]);  clone_2 = None
            score_mod_batched0 = self.score_mod_batched0
            mask_mod_batched0 = self.mask_mod_batched0
            flex_attention = torch.ops.higher_order.flex_attention(_unsafe_view, _unsafe_view_1, _unsafe_view_2, score_mod_batched0, (1, 1, ones, zeros, None, None, _to_copy, _to_copy_1, None, None, None, None, None, None, 1073741824, 1073741824, mask_mod_batched0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (p_table,), ());  _unsafe_view = _unsafe_view_1 = _unsafe_view_2 = score_mod_batched0 = ones = zeros = _to_copy = _to_copy_1 = mask_mod_batched0 = p_table = None
            getitem_1: "f64[6, 2, 5, 3]" = flex_attention[0];  flex_attention = None
            view: "f64[3, 2, 2, 5, 3]" = torch.ops.aten.view.default(getitem_1, [3, 2, 2, 5, 3]);  getitem_1 = None
            return (view,)
    
        class score_mod_batched0(torch.nn.Module):
            def forward(self, arg: "f64[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]", arg_4: "i32[]", captured: "f64[3, 2, 2]"):
                # No stacktrace found for following nodes
                floor_divide: "i32[]" = torch.ops.aten.floor_divide.Scalar(arg_1, 2)
                remainder: "i32[]" = torch.ops.aten.remainder.Scalar(arg_1, 2);  arg_1 = None
                index: "f64[2, 2]" = torch.ops.aten.index.Tensor(captured, [floor_divide]);  captured = floor_divide = None
    
                # File: <eval_with_key>.43:5 in forward, code: getitem = l_args_3_closure_0_cell_contents_parameters_table_[(child_1, child_2)];  l_args_3_closure_0_cell_contents_parameters_table_ = child_1 = child_2 = None
                index_1: "f64[]" = torch.ops.aten.index.Tensor(index, [remainder, arg_2]);  index = remainder = arg_2 = None
    
                # File: <eval_with_key>.43:6 in forward, code: mul = child * getitem;  child = getitem = None
                mul: "f64[]" = torch.ops.aten.mul.Tensor(arg, index_1);  arg = index_1 = None
                return mul
    
        class mask_mod_batched0(torch.nn.Module):
            def forward(self, arg: "i32[]", arg_1: "i32[]", arg_2: "i32[]", arg_3: "i32[]"):
                # No stacktrace found for following nodes
                remainder: "i32[]" = torch.ops.aten.remainder.Scalar(arg, 2);  arg = None
    
                # File: <eval_with_key>.44:5 in forward, code: new_ones = child.new_ones(size = (), dtype = torch.bool, device = device(type='cpu'));  child = None
                new_ones: "b8[]" = torch.ops.aten.new_ones.default(remainder, [], dtype = torch.bool, device = device(type='cpu'), pin_memory = False);  remainder = None
                return new_ones
    
Graph signature:
    # inputs
    p_table: USER_INPUT
    q: USER_INPUT
    k: USER_INPUT
    v: USER_INPUT
    
    # outputs
    view: USER_OUTPUT
    
Range constraints: {}
