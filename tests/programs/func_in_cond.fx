class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f64[3][1]cpu", L_w_: "f64[4, 3][3, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_

        sum_1: "f64[][]cpu" = l_x_.sum()
        gt: "b8[][]cpu" = sum_1 > 0;  sum_1 = None
        cond_true_0 = self.cond_true_0
        cond_false_0 = self.cond_false_0
        cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (l_w_, l_x_));  gt = cond_true_0 = cond_false_0 = l_w_ = l_x_ = None
        getitem: "f64[3][1]cpu" = cond[0];  cond = None
        return (getitem,)

    class cond_true_0(torch.nn.Module):
        def forward(self, l_w_: "f64[4, 3][3, 1]cpu", l_x_: "f64[3][1]cpu"):
            l_w__1 = l_w_
            l_x__1 = l_x_

            # No stacktrace found for following nodes
            _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
            _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

            diff_args: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(l_x__1, 1);  l_x__1 = None
            _wrap_for_grad_1: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_w__1, 1);  l_w__1 = None

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

            grad_input_1: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(grad_input, 1);  grad_input = None
            output_1: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(output, 1);  output = output_1 = None

            # No stacktrace found for following nodes
            _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
            _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None
            return (grad_input_1,)

    class cond_false_0(torch.nn.Module):
        def forward(self, l_w_: "f64[4, 3][3, 1]cpu", l_x_: "f64[3][1]cpu"):
            l_w__1 = l_w_
            l_x__1 = l_x_

            getitem: "f64[3][1]cpu" = l_w__1[0];  l_w__1 = None
            mul: "f64[3][1]cpu" = l_x__1 * getitem;  l_x__1 = getitem = None
            return (mul,)
