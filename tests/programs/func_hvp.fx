class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f64[3][1]cpu", L_w_: "f64[4, 3][3, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_

        child: "f64[3][1]cpu" = l_x_.sin()

        # No stacktrace found for following nodes
        _jvp_increment_nesting = torch._functorch.predispatch._jvp_increment_nesting();  _jvp_increment_nesting = None
        _set_fwd_grad_enabled = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled = None
        _enter_dual_level = torch._functorch.predispatch._enter_dual_level();  _enter_dual_level = None

        _maybe_load_decompositions = torch.autograd.forward_ad._maybe_load_decompositions();  _maybe_load_decompositions = None

        _make_dual: "f64[3][1]cpu" = torch._functorch.predispatch._make_dual(l_x_, child, level = 0);  l_x_ = child = None

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        diff_args: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(_make_dual, 2);  _make_dual = None
        _wrap_for_grad_1: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_w_, 2);  l_w_ = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        _set_tensor_requires_grad: "f64[3][1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_args);  _set_tensor_requires_grad = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None

        matmul: "f64[4][1]cpu" = _wrap_for_grad_1 @ diff_args;  _wrap_for_grad_1 = None
        tanh: "f64[4][1]cpu" = torch.tanh(matmul);  matmul = None
        pow_1: "f64[4][1]cpu" = tanh.pow(2);  tanh = None
        output: "f64[][]cpu" = pow_1.sum();  pow_1 = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad((output,), [diff_args], create_graph = True);  diff_args = None
        grad_input: "f64[3][1]cpu" = _autograd_grad[0];  _autograd_grad = None

        grad_input_1: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(grad_input, 2);  grad_input = None
        output_1: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(output, 2);  output = output_1 = None

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None

        _unpack_dual = torch._functorch.predispatch._unpack_dual(grad_input_1, level = 0);  grad_input_1 = None
        primal: "f64[3][1]cpu" = _unpack_dual[0]
        dual: "f64[3][1]cpu" = _unpack_dual[1];  _unpack_dual = None

        primals_out_unflatten: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primal, 1);  primal = primals_out_unflatten = None
        tangents_out_unflatten: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(dual, 1);  dual = None

        # No stacktrace found for following nodes
        _exit_dual_level = torch._functorch.predispatch._exit_dual_level(level = 0);  _exit_dual_level = None
        _set_fwd_grad_enabled_1 = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled_1 = None
        _jvp_decrement_nesting = torch._functorch.predispatch._jvp_decrement_nesting();  _jvp_decrement_nesting = None
        return (tangents_out_unflatten,)
