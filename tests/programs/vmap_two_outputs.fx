ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, args_0: "f64[4, 3]"):
            # File: program.py, code: return self.f(*args)
            lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None
            _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting = None
            _add_batch_dim: "f64[3]" = torch._functorch.predispatch._add_batch_dim(args_0, 0, 1);  args_0 = None
            max_1 = torch.ops.aten.max.dim(_add_batch_dim, 0)
            getitem: "f64[]" = max_1[0]
            getitem_1: "i64[]" = max_1[1];  max_1 = getitem_1 = None
            argmax: "i64[]" = torch.ops.aten.argmax.default(_add_batch_dim)
            add: "f64[3]" = torch.ops.aten.add.Tensor(_add_batch_dim, 1);  _add_batch_dim = None
            _remove_batch_dim: "f64[4]" = torch._functorch.predispatch._remove_batch_dim(getitem, 1, 4, 0);  getitem = None
            _remove_batch_dim_1: "i64[4]" = torch._functorch.predispatch._remove_batch_dim(argmax, 1, 4, 0);  argmax = None
            _remove_batch_dim_2: "f64[4, 3]" = torch._functorch.predispatch._remove_batch_dim(add, 1, 4, 0);  add = None
            _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
            return (_remove_batch_dim, _remove_batch_dim_1, _remove_batch_dim_2)
    
Graph signature:
    # inputs
    args_0: USER_INPUT
    
    # outputs
    _remove_batch_dim: USER_OUTPUT
    _remove_batch_dim_1: USER_OUTPUT
    _remove_batch_dim_2: USER_OUTPUT
    
Range constraints: {}
