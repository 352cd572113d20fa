class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f64[3][1]cpu", L_w_: "f64[4, 3][3, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        _wrap_for_grad: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(l_x_, 1);  l_x_ = None
        _wrap_for_grad_1: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_w_, 1);  l_w_ = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        child: "f64[3][1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(_wrap_for_grad)

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None
        set_inplace_requires_grad_allowed_2 = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed_2 = None

        child_1: "f64[4, 3][3, 1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(_wrap_for_grad_1)

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_3 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_3 = None

        matmul: "f64[4][1]cpu" = _wrap_for_grad_1 @ _wrap_for_grad;  _wrap_for_grad_1 = _wrap_for_grad = None
        primals_out: "f64[4][1]cpu" = torch.sin(matmul);  matmul = None

        results: "f64[4][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primals_out, 1);  results = None

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None

        ones: "f64[4][1]cpu" = torch.ones(4)

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad([primals_out], [child, child_1], [ones], retain_graph = True, create_graph = True);  primals_out = child = child_1 = ones = None
        getitem: "f64[3][1]cpu" = _autograd_grad[0]
        getitem_1: "f64[4, 3][3, 1]cpu" = _autograd_grad[1];  _autograd_grad = None
        return (getitem, getitem_1)
