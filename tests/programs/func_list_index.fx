class GraphModule(torch.nn.Module):
    def forward(self, L_args_0_: "f64[3][1]cpu", L_args_1_: "f64[4, 3][3, 1]cpu"):
        l_args_0_ = L_args_0_
        l_args_1_ = L_args_1_

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        diff_args: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(l_args_0_, 1);  l_args_0_ = None
        _wrap_for_grad_1: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_args_1_, 1);  l_args_1_ = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        _set_tensor_requires_grad: "f64[3][1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_args);  _set_tensor_requires_grad = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None

        sin: "f64[3][1]cpu" = diff_args.sin()
        child: "f64[2, 3][3, 1]cpu" = torch.stack([diff_args, sin]);  sin = None

        lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None

        _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting = None

        _add_batch_dim: "f64[3][1]cpu" = torch._functorch.predispatch._add_batch_dim(child, 0, 2);  child = None

        sin_1: "f64[3][1]cpu" = torch.sin(_add_batch_dim)
        matmul: "f64[4][2]cpu" = _wrap_for_grad_1 @ sin_1;  sin_1 = None

        mean: "f64[][]cpu" = matmul.mean()
        sub: "f64[4][2]cpu" = matmul - mean;  matmul = mean = None

        y: "f64[3][2]cpu" = sub[slice(None, 3, None)];  sub = None

        add: "f64[3][2]cpu" = y + _add_batch_dim;  y = _add_batch_dim = None

        getitem_1: "f64[3][1]cpu" = add[[1, 0, 2]]
        sum_1: "f64[][]cpu" = add.sum();  add = None
        mul: "f64[3][1]cpu" = getitem_1 * sum_1;  getitem_1 = sum_1 = None

        getitem_2: "f64[3][1]cpu" = _wrap_for_grad_1[0];  _wrap_for_grad_1 = None
        mul_1: "f64[3][1]cpu" = mul * getitem_2;  mul = getitem_2 = None

        reshape: "f64[3][1]cpu" = mul_1.reshape(-1);  mul_1 = None
        batched_outputs: "f64[3][1]cpu" = reshape[slice(None, 3, None)];  reshape = None

        t: "f64[2, 3][3, 1]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs, 2, 2, 0);  batched_outputs = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None

        element: "f64[][]cpu" = t.sum();  t = None

        value: "f64[][]cpu" = 0 + element;  element = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad((value,), [diff_args], create_graph = True);  diff_args = None
        grad_input: "f64[3][1]cpu" = _autograd_grad[0];  _autograd_grad = None

        grad_input_1: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(grad_input, 1);  grad_input = None
        output: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(value, 1);  value = None

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None
        return (grad_input_1, output)
