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

        view: "f64[1, 1, 3, 1][3, 3, 1, 1]cpu" = diff_args.view(1, 1, 3, 1)
        view_1: "f64[1, 1, 4, 3][12, 12, 3, 1]cpu" = l_w_.view(1, 1, 4, 3)
        getitem: "f64[1, 1, 4, 1][12, 12, 3, 1]cpu" = view_1[(Ellipsis, slice(None, 1, None))];  view_1 = None
        view_2: "f64[1, 1, 4, 3][12, 12, 3, 1]cpu" = l_w_.view(1, 1, 4, 3);  l_w_ = None
        getitem_1: "f64[1, 1, 4, 2][12, 12, 3, 1]cpu" = view_2[(Ellipsis, slice(1, None, None))];  view_2 = None
        scaled_dot_product_attention: "f64[1, 1, 3, 2][6, 6, 2, 1]cpu" = torch._C._nn.scaled_dot_product_attention(view, getitem, getitem_1);  view = getitem = getitem_1 = None
        pow_1: "f64[1, 1, 3, 2][6, 6, 2, 1]cpu" = scaled_dot_product_attention.pow(2);  scaled_dot_product_attention = None
        output: "f64[][]cpu" = pow_1.sum();  pow_1 = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad((output,), [diff_args], create_graph = True);  diff_args = None
        grad_input: "f64[3][1]cpu" = _autograd_grad[0];  _autograd_grad = None

        grad_input_1: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(grad_input, 1);  grad_input = None
        output_1: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(output, 1);  output = output_1 = None

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None
        return (grad_input_1,)
