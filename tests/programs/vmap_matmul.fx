ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, args_0: "f64[4, 2, 3]", args_1: "f64[4, 3, 5]"):
            # File: program.py, code: return self.f(*args)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "f64[2, 3]" = torch._functorch.predispatch._add_batch_dim(args_0, 0, 1);  args_0 = None
            _add_batch_dim_1: "f64[3, 5]" = torch._functorch.predispatch._add_batch_dim(args_1, 0, 1);  args_1 = None
            matmul: "f64[2, 5]" = torch.ops.aten.matmul.default(_add_batch_dim, _add_batch_dim_1);  _add_batch_dim = _add_batch_dim_1 = None
            softmax: "f64[2, 5]" = torch.ops.aten.softmax.int(matmul, -1);  matmul = None
            _remove_batch_dim: "f64[4, 2, 5]" = torch._functorch.predispatch._remove_batch_dim(softmax, 1, 4, 0);  softmax = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            return (_remove_batch_dim,)
    
Graph signature:
    # inputs
    args_0: USER_INPUT
    args_1: USER_INPUT
    
    # outputs
    _remove_batch_dim: USER_OUTPUT
    
Range constraints: {}
