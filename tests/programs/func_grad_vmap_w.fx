class GraphModule(torch.nn.Module):
    def forward(self, L_xs_: "f64[5, 3][3, 1]cpu", L_w_: "f64[4, 3][3, 1]cpu"):
        l_xs_ = L_xs_
        l_w_ = L_w_

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        diff_args: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_w_, 1);  l_w_ = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        _set_tensor_requires_grad: "f64[4, 3][3, 1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_args);  _set_tensor_requires_grad = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None

        lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None

        _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(5, 'error');  _vmap_increment_nesting = None

        _add_batch_dim: "f64[3][1]cpu" = torch._functorch.predispatch._add_batch_dim(l_xs_, 0, 2);  l_xs_ = None

        matmul: "f64[4][5]cpu" = diff_args @ _add_batch_dim;  _add_batch_dim = None
        tanh: "f64[4][5]cpu" = torch.tanh(matmul);  matmul = None
        pow_1: "f64[4][5]cpu" = tanh.pow(2);  tanh = None
        batched_outputs: "f64[][]cpu" = pow_1.sum();  pow_1 = None

        _remove_batch_dim: "f64[5][1]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs, 2, 5, 0);  batched_outputs = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None

        sin: "f64[5][1]cpu" = _remove_batch_dim.sin();  _remove_batch_dim = None
        output: "f64[][]cpu" = sin.sum();  sin = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad((output,), [diff_args], create_graph = True);  diff_args = None
        grad_input: "f64[4, 3][3, 1]cpu" = _autograd_grad[0];  _autograd_grad = None

        grad_input_1: "f64[4, 3][3, 1]cpu" = torch._functorch.predispatch._unwrap_for_grad(grad_input, 1);  grad_input = None
        output_1: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(output, 1);  output = output_1 = None

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None
        return (grad_input_1,)
