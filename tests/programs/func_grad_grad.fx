class GraphModule(torch.nn.Module):
    def forward(self, L_w_: "f64[4, 3][3, 1]cpu", L_x_: "f64[3][1]cpu"):
        l_w_ = L_w_
        l_x_ = L_x_

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        diff_args: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(l_x_, 1);  l_x_ = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        _set_tensor_requires_grad: "f64[3][1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_args);  _set_tensor_requires_grad = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None
        _saved_tensors_hooks_disable_1 = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable_1 = None
        _grad_increment_nesting_1 = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting_1 = None

        diff_args_1: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(diff_args, 2)
        _wrap_for_grad_2: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_w_, 2);  l_w_ = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_2 = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed_2 = None

        _set_tensor_requires_grad_1: "f64[3][1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_args_1);  _set_tensor_requires_grad_1 = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_3 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_3 = None

        matmul: "f64[4][1]cpu" = _wrap_for_grad_2 @ diff_args_1;  _wrap_for_grad_2 = None
        tanh: "f64[4][1]cpu" = torch.tanh(matmul);  matmul = None
        pow_1: "f64[4][1]cpu" = tanh.pow(2);  tanh = None
        output: "f64[][]cpu" = pow_1.sum();  pow_1 = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad((output,), [diff_args_1], create_graph = True);  diff_args_1 = None
        grad_input: "f64[3][1]cpu" = _autograd_grad[0];  _autograd_grad = None

        grad_input_1: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(grad_input, 2);  grad_input = None
        output_1: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(output, 2);  output = output_1 = None

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_disable_2 = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable_2 = None

        sin: "f64[3][1]cpu" = grad_input_1.sin();  grad_input_1 = None
        output_2: "f64[][]cpu" = sin.sum();  sin = None

        _autograd_grad_1 = torch._functorch.eager_transforms._autograd_grad((output_2,), [diff_args], create_graph = True);  diff_args = None
        grad_input_2: "f64[3][1]cpu" = _autograd_grad_1[0];  _autograd_grad_1 = None

        grad_input_3: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(grad_input_2, 1);  grad_input_2 = None
        output_3: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(output_2, 1);  output_2 = output_3 = None

        # No stacktrace found for following nodes
        _grad_decrement_nesting_1 = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting_1 = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None
        return (grad_input_3,)
