ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, args_0: "f64[4, 3]"):
            # File: program.py, code: return self.f(*args)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            tensor_split = torch.ops.aten.tensor_split.indices(args_0, [2, 4]);  args_0 = None
            getitem: "f64[2, 3]" = tensor_split[0]
            getitem_1: "f64[2, 3]" = tensor_split[1]
            getitem_2: "f64[0, 3]" = tensor_split[2];  tensor_split = getitem_2 = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "f64[3]" = torch._functorch.predispatch._add_batch_dim(getitem, 0, 1);  getitem = None
            exp: "f64[3]" = torch.ops.aten.exp.default(_add_batch_dim);  _add_batch_dim = None
            sum_1: "f64[]" = torch.ops.aten.sum.default(exp);  exp = None
            _remove_batch_dim: "f64[2]" = torch._functorch.predispatch._remove_batch_dim(sum_1, 1, 2, 0);  sum_1 = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting_1 = None
            _add_batch_dim_1: "f64[3]" = torch._functorch.predispatch._add_batch_dim(getitem_1, 0, 1);  getitem_1 = None
            exp_1: "f64[3]" = torch.ops.aten.exp.default(_add_batch_dim_1);  _add_batch_dim_1 = None
            sum_2: "f64[]" = torch.ops.aten.sum.default(exp_1);  exp_1 = None
            _remove_batch_dim_1: "f64[2]" = torch._functorch.predispatch._remove_batch_dim(sum_2, 1, 2, 0);  sum_2 = None
            _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None
            cat: "f64[4]" = torch.ops.aten.cat.default([_remove_batch_dim, _remove_batch_dim_1]);  _remove_batch_dim = _remove_batch_dim_1 = None
            return (cat,)
    
Graph signature:
    # inputs
    args_0: USER_INPUT
    
    # outputs
    cat: USER_OUTPUT
    
Range constraints: {}
