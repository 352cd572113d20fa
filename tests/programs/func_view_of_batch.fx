class GraphModule(torch.nn.Module):
    def forward(self, L_w_: "f64[4, 3][3, 1]cpu", L_x_: "f64[3][1]cpu"):
        l_w_ = L_w_
        l_x_ = L_x_

        mul: "f64[4, 3][3, 1]cpu" = l_w_ * 2
        child: "f64[2, 4, 3][12, 3, 1]cpu" = torch.stack([l_w_, mul]);  l_w_ = mul = None

        lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None

        _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting = None

        child_3: "f64[4, 3][3, 1]cpu" = torch._functorch.predispatch._add_batch_dim(child, 0, 1);  child = None

        sin: "f64[3][1]cpu" = l_x_.sin()
        child_1: "f64[2, 3][3, 1]cpu" = torch.stack([l_x_, sin]);  l_x_ = sin = None

        lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None

        _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(2, 'error');  _vmap_increment_nesting_1 = None

        child_2: "f64[3][1]cpu" = torch._functorch.predispatch._add_batch_dim(child_1, 0, 2);  child_1 = None

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        diff_primals: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(child_2, 3);  child_2 = None
        _wrap_for_grad_1: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(child_3, 3);  child_3 = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        _set_tensor_requires_grad: "f64[3][1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_primals);  _set_tensor_requires_grad = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None

        mul_1: "f64[3][1]cpu" = diff_primals * diff_primals

        matmul: "f64[4][2]cpu" = _wrap_for_grad_1 @ mul_1;  mul_1 = None

        cumsum: "f64[4][1]cpu" = matmul.cumsum(-1);  matmul = None

        y: "f64[3][1]cpu" = cumsum[slice(None, 3, None)];  cumsum = None

        add: "f64[3][1]cpu" = y + diff_primals;  y = None

        mean: "f64[][]cpu" = add.mean()
        sub: "f64[3][1]cpu" = add - mean;  add = mean = None

        getitem_1: "f64[3][1]cpu" = _wrap_for_grad_1[0];  _wrap_for_grad_1 = None
        mul_2: "f64[3][1]cpu" = sub * getitem_1;  sub = getitem_1 = None

        reshape: "f64[3][1]cpu" = mul_2.reshape(-1);  mul_2 = None
        primals_out: "f64[3][1]cpu" = reshape[slice(None, 3, None)];  reshape = None

        results: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primals_out, 3)

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None

        chunk: "f64[3, 3][3, 1]cpu" = results.new_zeros(3, 3);  results = None

        diagonal: "f64[3][4]cpu" = chunk.diagonal(0)
        fill_: "f64[3][4]cpu" = diagonal.fill_(1);  diagonal = fill_ = None

        basis: "f64[3, 3][3, 1]cpu" = chunk.view(3, 3);  chunk = None

        lazy_load_decompositions_2 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_2 = None

        _vmap_increment_nesting_2 = torch._functorch.predispatch._vmap_increment_nesting(3, 'error');  _vmap_increment_nesting_2 = None

        _add_batch_dim_2: "f64[3][1]cpu" = torch._functorch.predispatch._add_batch_dim(basis, 0, 3);  basis = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad([primals_out], [diff_primals], [_add_batch_dim_2], retain_graph = True, create_graph = True);  primals_out = diff_primals = _add_batch_dim_2 = None
        batched_outputs: "f64[3][1]cpu" = _autograd_grad[0];  _autograd_grad = None

        chunked_result: "f64[3, 3][3, 1]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs, 3, 3, 0);  batched_outputs = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None

        split = torch.functional.split(chunked_result, [3], dim = 0);  chunked_result = None
        split_1: "f64[3, 3][3, 1]cpu" = split[0];  split = None

        output_input: "f64[3, 3][3, 1]cpu" = split_1.view((3, 3));  split_1 = None

        reshape_1: "f64[9][1]cpu" = output_input.reshape(-1);  output_input = None
        batched_outputs_1: "f64[3][1]cpu" = reshape_1[slice(None, 3, None)];  reshape_1 = None

        _remove_batch_dim_1: "f64[2, 3][9, 1]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs_1, 2, 2, 0);  batched_outputs_1 = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None

        reshape_2: "f64[6][1]cpu" = _remove_batch_dim_1.reshape(-1);  _remove_batch_dim_1 = None
        batched_outputs_2: "f64[3][1]cpu" = reshape_2[slice(None, 3, None)];  reshape_2 = None

        _remove_batch_dim_2: "f64[2, 3][6, 1]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs_2, 1, 2, 0);  batched_outputs_2 = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting_2 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_2 = None
        return (_remove_batch_dim_2,)
