ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, args_0: "f64[4, 3]", args_1: "f64[5, 3]", args_2: "f64[5]"):
            # File: program.py, code: return self.f(*args)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "f64[3]" = torch._functorch.predispatch._add_batch_dim(args_0, 0, 1);  args_0 = None
            linear: "f64[5]" = torch.ops.aten.linear.default(_add_batch_dim, args_1, args_2);  _add_batch_dim = args_1 = args_2 = None
            _remove_batch_dim: "f64[4, 5]" = torch._functorch.predispatch._remove_batch_dim(linear, 1, 4, 0);  linear = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            tanh: "f64[4, 5]" = torch.ops.aten.tanh.default(_remove_batch_dim);  _remove_batch_dim = None
            sum_1: "f64[]" = torch.ops.aten.sum.default(tanh);  tanh = None
            return (sum_1,)
    
Graph signature:
    # inputs
    args_0: USER_INPUT
    args_1: USER_INPUT
    args_2: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {}
