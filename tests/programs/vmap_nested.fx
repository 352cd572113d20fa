ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, args_0: "f64[4, 3]", args_1: "f64[2]"):
            # File: program.py, code: return self.f(*args)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "f64[3]" = torch._functorch.predispatch._add_batch_dim(args_0, 0, 1);  args_0 = None
            lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None
            _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(3, 'error');  _vmap_increment_nesting_1 = None
            _add_batch_dim_1: "f64[]" = torch._functorch.predispatch._add_batch_dim(_add_batch_dim, 0, 2)
            sin: "f64[]" = torch.ops.aten.sin.default(_add_batch_dim_1);  _add_batch_dim_1 = None
            sum_1: "f64[]" = torch.ops.aten.sum.default(args_1);  args_1 = None
            mul: "f64[]" = torch.ops.aten.mul.Tensor(sin, sum_1);  sin = sum_1 = None
            sum_2: "f64[]" = torch.ops.aten.sum.default(_add_batch_dim);  _add_batch_dim = None
            add: "f64[]" = torch.ops.aten.add.Tensor(mul, sum_2);  mul = sum_2 = None
            _remove_batch_dim: "f64[3]" = torch._functorch.predispatch._remove_batch_dim(add, 2, 3, 0);  add = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            _remove_batch_dim_1: "f64[4, 3]" = torch._functorch.predispatch._remove_batch_dim(_remove_batch_dim, 1, 4, 0);  _remove_batch_dim = None
            _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None
            return (_remove_batch_dim_1,)
    
Graph signature:
    # inputs
    args_0: USER_INPUT
    args_1: USER_INPUT
    
    # outputs
    _remove_batch_dim_1: USER_OUTPUT
    
Range constraints: {}
