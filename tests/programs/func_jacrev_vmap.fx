class GraphModule(torch.nn.Module):
    def forward(self, L_w_: "f64[4, 3][3, 1]cpu", L_xs_: "f64[5, 3][3, 1]cpu"):
        l_w_ = L_w_
        l_xs_ = L_xs_

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        diff_primals: "f64[5, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_xs_, 1);  l_xs_ = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        _set_tensor_requires_grad: "f64[5, 3][3, 1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_primals);  _set_tensor_requires_grad = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None

        lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None

        _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(5, 'error');  _vmap_increment_nesting = None

        _add_batch_dim: "f64[3][1]cpu" = torch._functorch.predispatch._add_batch_dim(diff_primals, 0, 2)

        matmul: "f64[4][5]cpu" = l_w_ @ _add_batch_dim;  l_w_ = _add_batch_dim = None
        tanh: "f64[4][5]cpu" = torch.tanh(matmul);  matmul = None
        pow_1: "f64[4][5]cpu" = tanh.pow(2);  tanh = None
        batched_outputs: "f64[][]cpu" = pow_1.sum();  pow_1 = None

        primals_out: "f64[5][1]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs, 2, 5, 0);  batched_outputs = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None

        results: "f64[5][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primals_out, 1)

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None

        chunk: "f64[5, 5][5, 1]cpu" = results.new_zeros(5, 5);  results = None

        diagonal: "f64[5][6]cpu" = chunk.diagonal(0)
        fill_: "f64[5][6]cpu" = diagonal.fill_(1);  diagonal = fill_ = None

        basis: "f64[5, 5][5, 1]cpu" = chunk.view(5, 5);  chunk = None

        lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None

        _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(5, 'error');  _vmap_increment_nesting_1 = None

        _add_batch_dim_1: "f64[5][1]cpu" = torch._functorch.predispatch._add_batch_dim(basis, 0, 1);  basis = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad([primals_out], [diff_primals], [_add_batch_dim_1], retain_graph = True, create_graph = True);  primals_out = diff_primals = _add_batch_dim_1 = None
        batched_outputs_1: "f64[5, 3][3, 1]cpu" = _autograd_grad[0];  _autograd_grad = None

        chunked_result: "f64[5, 5, 3][15, 3, 1]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs_1, 1, 5, 0);  batched_outputs_1 = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None

        split = torch.functional.split(chunked_result, [5], dim = 0);  chunked_result = None
        split_1: "f64[5, 5, 3][15, 3, 1]cpu" = split[0];  split = None

        output_input: "f64[5, 5, 3][15, 3, 1]cpu" = split_1.view((5, 5, 3));  split_1 = None
        return (output_input,)
