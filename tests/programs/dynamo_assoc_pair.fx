class GraphModule(torch.nn.Module):
    def forward(self, L_a_: "f32[7, 3]", L_b_: "f32[7, 3]"):
        l_a_ = L_a_
        l_b_ = L_b_

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        child: "f32[7, 3]" = l_a_.sigmoid();  l_a_ = None
        elem: "f32[7, 3]" = torch.movedim(child, 0, 0);  child = None
        elem_1: "f32[7, 3]" = torch.movedim(l_b_, 0, 0);  l_b_ = None
        child_1: "f32[3, 3]" = torch.ops.aten.slice(elem, 0, 0, -1, 2)
        child_2: "f32[3, 3]" = torch.ops.aten.slice(elem_1, 0, 0, -1, 2)
        child_3: "f32[3, 3]" = torch.ops.aten.slice(elem, 0, 1, None, 2)
        child_4: "f32[3, 3]" = torch.ops.aten.slice(elem_1, 0, 1, None, 2)

        # File: vmap.py:295 in vmap_impl, code: lazy_load_decompositions()
        lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None

        # File: vmap.py:503 in _flat_vmap, code: with vmap_increment_nesting(batch_size, randomness) as vmap_level:
        _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(3, 'error');  _vmap_increment_nesting = None

        # File: vmap.py:173 in <listcomp>, code: arg if in_dim is None else _add_batch_dim(arg, in_dim, vmap_level)
        _add_batch_dim: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_1, 0, 1);  child_1 = None
        _add_batch_dim_1: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_2, 0, 1);  child_2 = None
        _add_batch_dim_2: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_3, 0, 1);  child_3 = None
        _add_batch_dim_3: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_4, 0, 1);  child_4 = None

        # File: captured.py:191 in <lambda>, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        child_5: "f32[3]" = _add_batch_dim * _add_batch_dim_2;  _add_batch_dim = None
        mul_1: "f32[3]" = _add_batch_dim_1 * _add_batch_dim_2;  _add_batch_dim_1 = _add_batch_dim_2 = None
        child_6: "f32[3]" = mul_1 + _add_batch_dim_3;  mul_1 = _add_batch_dim_3 = None

        # File: vmap.py:204 in _maybe_remove_batch_dim, code: return _remove_batch_dim(batched_output, vmap_level, batch_size, out_dim)
        child_7: "f32[3, 3]" = torch._functorch.predispatch._remove_batch_dim(child_5, 1, 3, 0);  child_5 = None
        child_8: "f32[3, 3]" = torch._functorch.predispatch._remove_batch_dim(child_6, 1, 3, 0);  child_6 = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        child_9: "f32[1, 3]" = torch.ops.aten.slice(child_7, 0, 0, -1, 2)
        child_10: "f32[1, 3]" = torch.ops.aten.slice(child_8, 0, 0, -1, 2)
        child_11: "f32[1, 3]" = torch.ops.aten.slice(child_7, 0, 1, None, 2)
        child_12: "f32[1, 3]" = torch.ops.aten.slice(child_8, 0, 1, None, 2)

        # File: vmap.py:295 in vmap_impl, code: lazy_load_decompositions()
        lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None

        # File: vmap.py:503 in _flat_vmap, code: with vmap_increment_nesting(batch_size, randomness) as vmap_level:
        _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_1 = None

        # File: vmap.py:173 in <listcomp>, code: arg if in_dim is None else _add_batch_dim(arg, in_dim, vmap_level)
        _add_batch_dim_4: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_9, 0, 1);  child_9 = None
        _add_batch_dim_5: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_10, 0, 1);  child_10 = None
        _add_batch_dim_6: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_11, 0, 1);  child_11 = None
        _add_batch_dim_7: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_12, 0, 1);  child_12 = None

        # File: captured.py:191 in <lambda>, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        child_13: "f32[3]" = _add_batch_dim_4 * _add_batch_dim_6;  _add_batch_dim_4 = None
        mul_3: "f32[3]" = _add_batch_dim_5 * _add_batch_dim_6;  _add_batch_dim_5 = _add_batch_dim_6 = None
        child_14: "f32[3]" = mul_3 + _add_batch_dim_7;  mul_3 = _add_batch_dim_7 = None

        # File: vmap.py:204 in _maybe_remove_batch_dim, code: return _remove_batch_dim(batched_output, vmap_level, batch_size, out_dim)
        child_15: "f32[1, 3]" = torch._functorch.predispatch._remove_batch_dim(child_13, 1, 1, 0);  child_13 = None
        child_16: "f32[1, 3]" = torch._functorch.predispatch._remove_batch_dim(child_14, 1, 1, 0);  child_14 = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        child_17: "f32[1, 3]" = torch.ops.aten.slice(child_7, 0, 2, None, 2)
        child_18: "f32[1, 3]" = torch.ops.aten.slice(child_8, 0, 2, None, 2)

        # File: vmap.py:295 in vmap_impl, code: lazy_load_decompositions()
        lazy_load_decompositions_2 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_2 = None

        # File: vmap.py:503 in _flat_vmap, code: with vmap_increment_nesting(batch_size, randomness) as vmap_level:
        _vmap_increment_nesting_2 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_2 = None

        # File: vmap.py:173 in <listcomp>, code: arg if in_dim is None else _add_batch_dim(arg, in_dim, vmap_level)
        _add_batch_dim_8: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_15, 0, 1)
        _add_batch_dim_9: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_16, 0, 1)
        _add_batch_dim_10: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_17, 0, 1);  child_17 = None
        _add_batch_dim_11: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_18, 0, 1);  child_18 = None

        # File: captured.py:191 in <lambda>, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        child_19: "f32[3]" = _add_batch_dim_8 * _add_batch_dim_10;  _add_batch_dim_8 = None
        mul_5: "f32[3]" = _add_batch_dim_9 * _add_batch_dim_10;  _add_batch_dim_9 = _add_batch_dim_10 = None
        child_20: "f32[3]" = mul_5 + _add_batch_dim_11;  mul_5 = _add_batch_dim_11 = None

        # File: vmap.py:204 in _maybe_remove_batch_dim, code: return _remove_batch_dim(batched_output, vmap_level, batch_size, out_dim)
        child_21: "f32[1, 3]" = torch._functorch.predispatch._remove_batch_dim(child_19, 1, 1, 0);  child_19 = None
        child_22: "f32[1, 3]" = torch._functorch.predispatch._remove_batch_dim(child_20, 1, 1, 0);  child_20 = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting_2 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_2 = None

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        slice_11: "f32[1, 3]" = torch.ops.aten.slice(child_7, 0, 0, 1);  child_7 = None
        cat: "f32[2, 3]" = torch.cat([slice_11, child_21], dim = 0);  slice_11 = child_21 = None
        slice_12: "f32[1, 3]" = torch.ops.aten.slice(child_8, 0, 0, 1);  child_8 = None
        cat_1: "f32[2, 3]" = torch.cat([slice_12, child_22], dim = 0);  slice_12 = child_22 = None

        # File: functional.py:5896 in pad, code: return torch._C._nn.pad(input, pad, mode, value)
        b: "f32[2, 3]" = torch._C._nn.pad(child_15, [0, 0, 0, 1], 'constant', None);  child_15 = None

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        stacked: "f32[2, 2, 3]" = torch.stack([cat, b], dim = 1);  cat = b = None
        interleaved: "f32[4, 3]" = torch.flatten(stacked, start_dim = 0, end_dim = 1);  stacked = None
        interleaved_1: "f32[3, 3]" = torch.ops.aten.slice(interleaved, 0, 0, 3);  interleaved = None

        # File: functional.py:5896 in pad, code: return torch._C._nn.pad(input, pad, mode, value)
        b_1: "f32[2, 3]" = torch._C._nn.pad(child_16, [0, 0, 0, 1], 'constant', None);  child_16 = None

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        stacked_1: "f32[2, 2, 3]" = torch.stack([cat_1, b_1], dim = 1);  cat_1 = b_1 = None
        interleaved_2: "f32[4, 3]" = torch.flatten(stacked_1, start_dim = 0, end_dim = 1);  stacked_1 = None
        interleaved_3: "f32[3, 3]" = torch.ops.aten.slice(interleaved_2, 0, 0, 3);  interleaved_2 = None
        child_23: "f32[3, 3]" = torch.ops.aten.slice(elem, 0, 2, None, 2)
        child_24: "f32[3, 3]" = torch.ops.aten.slice(elem_1, 0, 2, None, 2)

        # File: vmap.py:295 in vmap_impl, code: lazy_load_decompositions()
        lazy_load_decompositions_3 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_3 = None

        # File: vmap.py:503 in _flat_vmap, code: with vmap_increment_nesting(batch_size, randomness) as vmap_level:
        _vmap_increment_nesting_3 = torch._functorch.predispatch._vmap_increment_nesting(3, 'error');  _vmap_increment_nesting_3 = None

        # File: vmap.py:173 in <listcomp>, code: arg if in_dim is None else _add_batch_dim(arg, in_dim, vmap_level)
        _add_batch_dim_12: "f32[3]" = torch._functorch.predispatch._add_batch_dim(interleaved_1, 0, 1)
        _add_batch_dim_13: "f32[3]" = torch._functorch.predispatch._add_batch_dim(interleaved_3, 0, 1)
        _add_batch_dim_14: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_23, 0, 1);  child_23 = None
        _add_batch_dim_15: "f32[3]" = torch._functorch.predispatch._add_batch_dim(child_24, 0, 1);  child_24 = None

        # File: captured.py:191 in <lambda>, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        child_25: "f32[3]" = _add_batch_dim_12 * _add_batch_dim_14;  _add_batch_dim_12 = None
        mul_7: "f32[3]" = _add_batch_dim_13 * _add_batch_dim_14;  _add_batch_dim_13 = _add_batch_dim_14 = None
        child_26: "f32[3]" = mul_7 + _add_batch_dim_15;  mul_7 = _add_batch_dim_15 = None

        # File: vmap.py:204 in _maybe_remove_batch_dim, code: return _remove_batch_dim(batched_output, vmap_level, batch_size, out_dim)
        child_27: "f32[3, 3]" = torch._functorch.predispatch._remove_batch_dim(child_25, 1, 3, 0);  child_25 = None
        child_28: "f32[3, 3]" = torch._functorch.predispatch._remove_batch_dim(child_26, 1, 3, 0);  child_26 = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting_3 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_3 = None

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        slice_17: "f32[1, 3]" = torch.ops.aten.slice(elem, 0, 0, 1);  elem = None
        cat_2: "f32[4, 3]" = torch.cat([slice_17, child_27], dim = 0);  slice_17 = child_27 = None
        slice_18: "f32[1, 3]" = torch.ops.aten.slice(elem_1, 0, 0, 1);  elem_1 = None
        cat_3: "f32[4, 3]" = torch.cat([slice_18, child_28], dim = 0);  slice_18 = child_28 = None

        # File: functional.py:5896 in pad, code: return torch._C._nn.pad(input, pad, mode, value)
        b_2: "f32[4, 3]" = torch._C._nn.pad(interleaved_1, [0, 0, 0, 1], 'constant', None);  interleaved_1 = None

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        stacked_2: "f32[4, 2, 3]" = torch.stack([cat_2, b_2], dim = 1);  cat_2 = b_2 = None
        interleaved_4: "f32[8, 3]" = torch.flatten(stacked_2, start_dim = 0, end_dim = 1);  stacked_2 = None
        interleaved_5: "f32[7, 3]" = torch.ops.aten.slice(interleaved_4, 0, 0, 7);  interleaved_4 = None

        # File: functional.py:5896 in pad, code: return torch._C._nn.pad(input, pad, mode, value)
        b_3: "f32[4, 3]" = torch._C._nn.pad(interleaved_3, [0, 0, 0, 1], 'constant', None);  interleaved_3 = None

        # File: captured.py:191 in forward, code: r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        stacked_3: "f32[4, 2, 3]" = torch.stack([cat_3, b_3], dim = 1);  cat_3 = b_3 = None
        interleaved_6: "f32[8, 3]" = torch.flatten(stacked_3, start_dim = 0, end_dim = 1);  stacked_3 = None
        interleaved_7: "f32[7, 3]" = torch.ops.aten.slice(interleaved_6, 0, 0, 7);  interleaved_6 = None
        movedim_2: "f32[7, 3]" = torch.movedim(interleaved_5, 0, 0);  interleaved_5 = None
        movedim_3: "f32[7, 3]" = torch.movedim(interleaved_7, 0, 0);  interleaved_7 = None

        # File: captured.py:192 in forward, code: return (r[0] + r[1]).sum()
        add_4: "f32[7, 3]" = movedim_2 + movedim_3;  movedim_2 = movedim_3 = None
        sum_1: "f32[]" = add_4.sum();  add_4 = None
        return (sum_1,)
