ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 3, 3]"):
            movedim: "f32[6, 3, 3]" = torch.ops.aten.movedim.int(a_0, 0, 0);  a_0 = None
            slice_1: "f32[3, 3, 3]" = torch.ops.aten.slice.Tensor(movedim, 0, 0, -1, 2)
            slice_2: "f32[3, 3, 3]" = torch.ops.aten.slice.Tensor(movedim, 0, 1, None, 2)
    
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
    
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(3, 'error');  _vmap_increment_nesting = None
    
            _add_batch_dim: "f32[3, 3]" = torch._functorch.predispatch._add_batch_dim(slice_1, 0, 1);  slice_1 = None
            _add_batch_dim_1: "f32[3, 3]" = torch._functorch.predispatch._add_batch_dim(slice_2, 0, 1);  slice_2 = None
    
            matmul: "f32[3, 3]" = torch.ops.aten.matmul.default(_add_batch_dim, _add_batch_dim_1);  _add_batch_dim = _add_batch_dim_1 = None
    
            _remove_batch_dim: "f32[3, 3, 3]" = torch._functorch.predispatch._remove_batch_dim(matmul, 1, 3, 0);  matmul = None
    
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
    
            slice_3: "f32[1, 3, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim, 0, 0, -1, 2)
            slice_4: "f32[1, 3, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim, 0, 1, None, 2)
    
            lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None
    
            _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_1 = None
    
            _add_batch_dim_2: "f32[3, 3]" = torch._functorch.predispatch._add_batch_dim(slice_3, 0, 1);  slice_3 = None
            _add_batch_dim_3: "f32[3, 3]" = torch._functorch.predispatch._add_batch_dim(slice_4, 0, 1);  slice_4 = None
    
            matmul_1: "f32[3, 3]" = torch.ops.aten.matmul.default(_add_batch_dim_2, _add_batch_dim_3);  _add_batch_dim_2 = _add_batch_dim_3 = None
    
            _remove_batch_dim_1: "f32[1, 3, 3]" = torch._functorch.predispatch._remove_batch_dim(matmul_1, 1, 1, 0);  matmul_1 = None
    
            _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None
    
            slice_5: "f32[1, 3, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim, 0, 2, None, 2)
    
            lazy_load_decompositions_2 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_2 = None
    
            _vmap_increment_nesting_2 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_2 = None
    
            _add_batch_dim_4: "f32[3, 3]" = torch._functorch.predispatch._add_batch_dim(_remove_batch_dim_1, 0, 1)
            _add_batch_dim_5: "f32[3, 3]" = torch._functorch.predispatch._add_batch_dim(slice_5, 0, 1);  slice_5 = None
    
            matmul_2: "f32[3, 3]" = torch.ops.aten.matmul.default(_add_batch_dim_4, _add_batch_dim_5);  _add_batch_dim_4 = _add_batch_dim_5 = None
    
            _remove_batch_dim_2: "f32[1, 3, 3]" = torch._functorch.predispatch._remove_batch_dim(matmul_2, 1, 1, 0);  matmul_2 = None
    
            _vmap_decrement_nesting_2 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_2 = None
    
            slice_6: "f32[1, 3, 3]" = torch.ops.aten.slice.Tensor(_remove_batch_dim, 0, 0, 1);  _remove_batch_dim = None
            cat: "f32[2, 3, 3]" = torch.ops.aten.cat.default([slice_6, _remove_batch_dim_2]);  slice_6 = _remove_batch_dim_2 = None
    
            pad: "f32[2, 3, 3]" = torch.ops.aten.pad.default(_remove_batch_dim_1, [0, 0, 0, 0, 0, 1]);  _remove_batch_dim_1 = None
    
            stack: "f32[2, 2, 3, 3]" = torch.ops.aten.stack.default([cat, pad], 1);  cat = pad = None
            flatten: "f32[4, 3, 3]" = torch.ops.aten.flatten.using_ints(stack, 0, 1);  stack = None
            slice_7: "f32[3, 3, 3]" = torch.ops.aten.slice.Tensor(flatten, 0, 0, 3);  flatten = None
            slice_8: "f32[2, 3, 3]" = torch.ops.aten.slice.Tensor(slice_7, 0, 0, -1)
            slice_9: "f32[2, 3, 3]" = torch.ops.aten.slice.Tensor(movedim, 0, 2, None, 2)
    
            lazy_load_decompositions_3 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_3 = None
    
            _vmap_increment_nesting_3 = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting_3 = None
    
            _add_batch_dim_6: "f32[3, 3]" = torch._functorch.predispatch._add_batch_dim(slice_8, 0, 1);  slice_8 = None
            _add_batch_dim_7: "f32[3, 3]" = torch._functorch.predispatch._add_batch_dim(slice_9, 0, 1);  slice_9 = None
    
            matmul_3: "f32[3, 3]" = torch.ops.aten.matmul.default(_add_batch_dim_6, _add_batch_dim_7);  _add_batch_dim_6 = _add_batch_dim_7 = None
    
            _remove_batch_dim_3: "f32[2, 3, 3]" = torch._functorch.predispatch._remove_batch_dim(matmul_3, 1, 2, 0);  matmul_3 = None
    
            _vmap_decrement_nesting_3 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_3 = None
    
            slice_10: "f32[1, 3, 3]" = torch.ops.aten.slice.Tensor(movedim, 0, 0, 1);  movedim = None
            cat_1: "f32[3, 3, 3]" = torch.ops.aten.cat.default([slice_10, _remove_batch_dim_3]);  slice_10 = _remove_batch_dim_3 = None
            stack_1: "f32[3, 2, 3, 3]" = torch.ops.aten.stack.default([cat_1, slice_7], 1);  cat_1 = slice_7 = None
            flatten_1: "f32[6, 3, 3]" = torch.ops.aten.flatten.using_ints(stack_1, 0, 1);  stack_1 = None
            movedim_1: "f32[6, 3, 3]" = torch.ops.aten.movedim.int(flatten_1, 0, 0);  flatten_1 = None
            return (movedim_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    movedim_1: USER_OUTPUT
    
Range constraints: {}
