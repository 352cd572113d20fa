ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3, 6]", a_1: "f32[3, 6]"):
            movedim: "f32[6, 3]" = torch.ops.aten.movedim.int(a_0, 1, 0);  a_0 = None
            movedim_1: "f32[6, 3]" = torch.ops.aten.movedim.int(a_1, 1, 0);  a_1 = None
            flip: "f32[6, 3]" = torch.ops.aten.flip.default(movedim, [0]);  movedim = None
            flip_1: "f32[6, 3]" = torch.ops.aten.flip.default(movedim_1, [0]);  movedim_1 = None
            slice_1: "f32[3, 3]" = torch.ops.aten.slice.Tensor(flip, 0, 0, -1, 2)
            slice_2: "f32[3, 3]" = torch.ops.aten.slice.Tensor(flip_1, 0, 0, -1, 2)
            slice_3: "f32[3, 3]" = torch.ops.aten.slice.Tensor(flip, 0, 1, None, 2)
            slice_4: "f32[3, 3]" = torch.ops.aten.slice.Tensor(flip_1, 0, 1, None, 2)
    
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
    
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(3, 'error');  _vmap_increment_nesting = None
    
            _add_batch_dim: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_1, 0, 1);  slice_1 = None
            _add_batch_dim_1: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_2, 0, 1);  slice_2 = None
            _add_batch_dim_2: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_3, 0, 1);  slice_3 = None
            _add_batch_dim_3: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_4, 0, 1);  slice_4 = None
    
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim, _add_batch_dim_2);  _add_batch_dim = None
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim_1, _add_batch_dim_2);  _add_batch_dim_1 = _add_batch_dim_2 = None
            add: "f32[3]" = torch.ops.aten.add.Tensor(mul_1, _add_batch_dim_3);  mul_1 = _add_batch_dim_3 = None
    
            _remove_batch_dim: "f32[3, 3]" = torch._functorch.predispatch._remove_batch_dim(mul, 1, 3, 0);  mul = None
            _remove_batch_dim_1: "f32[3, 3]" = torch._functorch.predispatch._remove_batch_dim(add, 1, 3, 0);  add = None
    
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
    
            slice_5: "f32[1, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim, 0, 0, -1, 2)
            slice_6: "f32[1, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim_1, 0, 0, -1, 2)
            slice_7: "f32[1, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim, 0, 1, None, 2)
            slice_8: "f32[1, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim_1, 0, 1, None, 2)
    
            lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None
    
            _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_1 = None
    
            _add_batch_dim_4: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_5, 0, 1);  slice_5 = None
            _add_batch_dim_5: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_6, 0, 1);  slice_6 = None
            _add_batch_dim_6: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_7, 0, 1);  slice_7 = None
            _add_batch_dim_7: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_8, 0, 1);  slice_8 = None
    
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim_4, _add_batch_dim_6);  _add_batch_dim_4 = None
            mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim_5, _add_batch_dim_6);  _add_batch_dim_5 = _add_batch_dim_6 = None
            add_1: "f32[3]" = torch.ops.aten.add.Tensor(mul_3, _add_batch_dim_7);  mul_3 = _add_batch_dim_7 = None
    
            _remove_batch_dim_2: "f32[1, 3]" = torch._functorch.predispatch._remove_batch_dim(mul_2, 1, 1, 0);  mul_2 = None
            _remove_batch_dim_3: "f32[1, 3]" = torch._functorch.predispatch._remove_batch_dim(add_1, 1, 1, 0);  add_1 = None
    
            _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None
    
            slice_9: "f32[1, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim, 0, 2, None, 2)
            slice_10: "f32[1, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim_1, 0, 2, None, 2)
    
            lazy_load_decompositions_2 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_2 = None
    
            _vmap_increment_nesting_2 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_2 = None
    
            _add_batch_dim_8: "f32[3]" = torch._functorch.predispatch._add_batch_dim(_remove_batch_dim_2, 0, 1)
            _add_batch_dim_9: "f32[3]" = torch._functorch.predispatch._add_batch_dim(_remove_batch_dim_3, 0, 1)
            _add_batch_dim_10: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_9, 0, 1);  slice_9 = None
            _add_batch_dim_11: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_10, 0, 1);  slice_10 = None
    
            mul_4: "f32[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim_8, _add_batch_dim_10);  _add_batch_dim_8 = None
            mul_5: "f32[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim_9, _add_batch_dim_10);  _add_batch_dim_9 = _add_batch_dim_10 = None
            add_2: "f32[3]" = torch.ops.aten.add.Tensor(mul_5, _add_batch_dim_11);  mul_5 = _add_batch_dim_11 = None
    
            _remove_batch_dim_4: "f32[1, 3]" = torch._functorch.predispatch._remove_batch_dim(mul_4, 1, 1, 0);  mul_4 = None
            _remove_batch_dim_5: "f32[1, 3]" = torch._functorch.predispatch._remove_batch_dim(add_2, 1, 1, 0);  add_2 = None
    
            _vmap_decrement_nesting_2 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_2 = None
    
            slice_11: "f32[1, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim, 0, 0, 1);  _remove_batch_dim = None
            cat: "f32[2, 3]" = torch.ops.aten.cat.default([slice_11, _remove_batch_dim_4]);  slice_11 = _remove_batch_dim_4 = None
            slice_12: "f32[1, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim_1, 0, 0, 1);  _remove_batch_dim_1 = None
            cat_1: "f32[2, 3]" = torch.ops.aten.cat.default([slice_12, _remove_batch_dim_5]);  slice_12 = _remove_batch_dim_5 = None
    
            pad: "f32[2, 3]" = torch.ops.aten.pad.default(_remove_batch_dim_2, [0, 0, 0, 1]);  _remove_batch_dim_2 = None
    
            stack: "f32[2, 2, 3]" = torch.ops.aten.stack.default([cat, pad], 1);  cat = pad = None
            flatten: "f32[4, 3]" = torch.ops.aten.flatten.using_ints(stack, 0, 1);  stack = None
            slice_13: "f32[3, 3]" = torch.ops.aten.slice.Tensor(flatten, 0, 0, 3);  flatten = None
    
            pad_1: "f32[2, 3]" = torch.ops.aten.pad.default(_remove_batch_dim_3, [0, 0, 0, 1]);  _remove_batch_dim_3 = None
    
            stack_1: "f32[2, 2, 3]" = torch.ops.aten.stack.default([cat_1, pad_1], 1);  cat_1 = pad_1 = None
            flatten_1: "f32[4, 3]" = torch.ops.aten.flatten.using_ints(stack_1, 0, 1);  stack_1 = None
            slice_14: "f32[3, 3]" = torch.ops.aten.slice.Tensor(flatten_1, 0, 0, 3);  flatten_1 = None
            slice_15: "f32[2, 3]" = torch.ops.aten.slice.Tensor(slice_13, 0, 0, -1)
            slice_16: "f32[2, 3]" = torch.ops.aten.slice.Tensor(slice_14, 0, 0, -1)
            slice_17: "f32[2, 3]" = torch.ops.aten.slice.Tensor(flip, 0, 2, None, 2)
            slice_18: "f32[2, 3]" = torch.ops.aten.slice.Tensor(flip_1, 0, 2, None, 2)
    
            lazy_load_decompositions_3 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_3 = None
    
            _vmap_increment_nesting_3 = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting_3 = None
    
            _add_batch_dim_12: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_15, 0, 1);  slice_15 = None
            _add_batch_dim_13: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_16, 0, 1);  slice_16 = None
            _add_batch_dim_14: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_17, 0, 1);  slice_17 = None
            _add_batch_dim_15: "f32[3]" = torch._functorch.predispatch._add_batch_dim(slice_18, 0, 1);  slice_18 = None
    
            mul_6: "f32[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim_12, _add_batch_dim_14);  _add_batch_dim_12 = None
            mul_7: "f32[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim_13, _add_batch_dim_14);  _add_batch_dim_13 = _add_batch_dim_14 = None
            add_3: "f32[3]" = torch.ops.aten.add.Tensor(mul_7, _add_batch_dim_15);  mul_7 = _add_batch_dim_15 = None
    
            _remove_batch_dim_6: "f32[2, 3]" = torch._functorch.predispatch._remove_batch_dim(mul_6, 1, 2, 0);  mul_6 = None
            _remove_batch_dim_7: "f32[2, 3]" = torch._functorch.predispatch._remove_batch_dim(add_3, 1, 2, 0);  add_3 = None
    
            _vmap_decrement_nesting_3 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_3 = None
    
            slice_19: "f32[1, 3]" = torch.ops.aten.slice.Tensor(flip, 0, 0, 1);  flip = None
            cat_2: "f32[3, 3]" = torch.ops.aten.cat.default([slice_19, _remove_batch_dim_6]);  slice_19 = _remove_batch_dim_6 = None
            slice_20: "f32[1, 3]" = torch.ops.aten.slice.Tensor(flip_1, 0, 0, 1);  flip_1 = None
            cat_3: "f32[3, 3]" = torch.ops.aten.cat.default([slice_20, _remove_batch_dim_7]);  slice_20 = _remove_batch_dim_7 = None
            stack_2: "f32[3, 2, 3]" = torch.ops.aten.stack.default([cat_2, slice_13], 1);  cat_2 = slice_13 = None
            flatten_2: "f32[6, 3]" = torch.ops.aten.flatten.using_ints(stack_2, 0, 1);  stack_2 = None
            stack_3: "f32[3, 2, 3]" = torch.ops.aten.stack.default([cat_3, slice_14], 1);  cat_3 = slice_14 = None
            flatten_3: "f32[6, 3]" = torch.ops.aten.flatten.using_ints(stack_3, 0, 1);  stack_3 = None
            flip_2: "f32[6, 3]" = torch.ops.aten.flip.default(flatten_2, [0]);  flatten_2 = None
            flip_3: "f32[6, 3]" = torch.ops.aten.flip.default(flatten_3, [0]);  flatten_3 = None
            movedim_2: "f32[3, 6]" = torch.ops.aten.movedim.int(flip_2, 0, 1);  flip_2 = None
            movedim_3: "f32[3, 6]" = torch.ops.aten.movedim.int(flip_3, 0, 1);  flip_3 = None
            return (movedim_2, movedim_3)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    movedim_2: USER_OUTPUT
    movedim_3: USER_OUTPUT
    
Range constraints: {}
