ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, args_0: "f64[4, 3]"):
            # File: program.py, code: return self.f(*args)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "f64[3]" = torch._functorch.predispatch._add_batch_dim(args_0, 0, 1);  args_0 = None
            mul: "f64[3]" = torch.ops.aten.mul.Tensor(_add_batch_dim, 2);  _add_batch_dim = None
            sum_1: "f64[]" = torch.ops.aten.sum.default(mul);  mul = None
            _remove_batch_dim: "f64[4]" = torch._functorch.predispatch._remove_batch_dim(sum_1, 1, 4, 0);  sum_1 = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            return (_remove_batch_dim,)
    
Graph signature:
    # inputs
    args_0: USER_INPUT
    
    # outputs
    _remove_batch_dim: USER_OUTPUT
    
Range constraints: {}
