class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f64[3][1]cpu", L_w_: "f64[4, 3][3, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        diff_primals: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(l_x_, 1);  l_x_ = None
        _wrap_for_grad_1: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_w_, 1);  l_w_ = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        _set_tensor_requires_grad: "f64[3][1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_primals);  _set_tensor_requires_grad = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None

        matmul: "f64[4][1]cpu" = _wrap_for_grad_1 @ diff_primals;  _wrap_for_grad_1 = None
        primals_out: "f64[4][1]cpu" = torch.sin(matmul);  matmul = None

        results: "f64[4][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primals_out, 1)

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None

        chunk: "f64[4, 4][4, 1]cpu" = results.new_zeros(4, 4);  results = None

        diagonal: "f64[4][5]cpu" = chunk.diagonal(0)
        fill_: "f64[4][5]cpu" = diagonal.fill_(1);  diagonal = fill_ = None

        basis: "f64[4, 4][4, 1]cpu" = chunk.view(4, 4);  chunk = None

        lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None

        _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(4, 'error');  _vmap_increment_nesting = None

        _add_batch_dim: "f64[4][1]cpu" = torch._functorch.predispatch._add_batch_dim(basis, 0, 1);  basis = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad([primals_out], [diff_primals], [_add_batch_dim], retain_graph = True, create_graph = True);  primals_out = diff_primals = _add_batch_dim = None
        batched_outputs: "f64[3][4]cpu" = _autograd_grad[0];  _autograd_grad = None

        chunked_result: "f64[4, 3][1, 4]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs, 1, 4, 0);  batched_outputs = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None

        split = torch.functional.split(chunked_result, [4], dim = 0);  chunked_result = None
        split_1: "f64[4, 3][1, 4]cpu" = split[0];  split = None

        output_input: "f64[4, 3][1, 4]cpu" = split_1.view((4, 3));  split_1 = None
        return (output_input,)
