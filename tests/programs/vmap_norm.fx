ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, args_0: "f64[4, 2, 3]", args_1: "f64[3]"):
            # File: program.py, code: return self.f(*args)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "f64[2, 3]" = torch._functorch.predispatch._add_batch_dim(args_0, 0, 1);  args_0 = None
            layer_norm: "f64[2, 3]" = torch.ops.aten.layer_norm.default(_add_batch_dim, [3], args_1, None, 1e-05, False);  _add_batch_dim = args_1 = None
            _remove_batch_dim: "f64[4, 2, 3]" = torch._functorch.predispatch._remove_batch_dim(layer_norm, 1, 4, 0);  layer_norm = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            pow_1: "f64[4, 2, 3]" = torch.ops.aten.pow.Tensor_Scalar(_remove_batch_dim, 2);  _remove_batch_dim = None
            sum_1: "f64[]" = torch.ops.aten.sum.default(pow_1);  pow_1 = None
            return (sum_1,)
    
Graph signature:
    # inputs
    args_0: USER_INPUT
    args_1: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {}
