ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, args_0: "f64[4, 3]"):
            # File: program.py, code: return self.f(*args)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "f64[3]" = torch._functorch.predispatch._add_batch_dim(args_0, 0, 1);  args_0 = None
            cumsum: "f64[3]" = torch.ops.aten.cumsum.default(_add_batch_dim, 0);  _add_batch_dim = None
            _remove_batch_dim: "f64[4, 3]" = torch._functorch.predispatch._remove_batch_dim(cumsum, 1, 4, 0);  cumsum = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None
            _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting_1 = None
            _add_batch_dim_1: "f64[3]" = torch._functorch.predispatch._add_batch_dim(_remove_batch_dim, 0, 1);  _remove_batch_dim = None
            sin: "f64[3]" = torch.ops.aten.sin.default(_add_batch_dim_1);  _add_batch_dim_1 = None
            _remove_batch_dim_1: "f64[4, 3]" = torch._functorch.predispatch._remove_batch_dim(sin, 1, 4, 0);  sin = None
            _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None
            return (_remove_batch_dim_1,)
    
Graph signature:
    # inputs
    args_0: USER_INPUT
    
    # outputs
    _remove_batch_dim_1: USER_OUTPUT
    
Range constraints: {}
