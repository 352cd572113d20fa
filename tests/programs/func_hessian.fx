class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f64[3][1]cpu", L_w_: "f64[4, 3][3, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_

        chunk: "f64[3, 3][3, 1]cpu" = l_x_.new_zeros(3, 3)

        diagonal: "f64[3][4]cpu" = chunk.diagonal(0)
        fill_: "f64[3][4]cpu" = diagonal.fill_(1);  diagonal = fill_ = None

        child: "f64[3, 3][3, 1]cpu" = chunk.view(3, 3);  chunk = None

        lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None

        _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(3, 'error');  _vmap_increment_nesting = None

        child_1: "f64[3][1]cpu" = torch._functorch.predispatch._add_batch_dim(child, 0, 1);  child = None

        # No stacktrace found for following nodes
        _jvp_increment_nesting = torch._functorch.predispatch._jvp_increment_nesting();  _jvp_increment_nesting = None
        _set_fwd_grad_enabled = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled = None
        _enter_dual_level = torch._functorch.predispatch._enter_dual_level();  _enter_dual_level = None

        _maybe_load_decompositions = torch.autograd.forward_ad._maybe_load_decompositions();  _maybe_load_decompositions = None

        child_2: "f64[3][1]cpu" = torch._functorch.predispatch._make_dual(l_x_, child_1, level = 0);  child_1 = None

        _wrap_for_grad: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(l_x_, 2);  l_x_ = _wrap_for_grad = None
        child_3: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_w_, 2);  l_w_ = None

        # No stacktrace found for following nodes
        _saved_tensors_hooks_disable = torch._C._autograd._saved_tensors_hooks_disable("torch.func.{grad, vjp, jacrev, hessian} don't yet support saved tensor hooks. Please open an issue with your use case.");  _saved_tensors_hooks_disable = None
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting();  _grad_increment_nesting = None

        diff_primals: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(child_2, 3);  child_2 = None
        _wrap_for_grad_3: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(child_3, 3);  child_3 = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed = torch._C._functorch.set_inplace_requires_grad_allowed(True);  set_inplace_requires_grad_allowed = None

        _set_tensor_requires_grad: "f64[3][1]cpu" = torch._functorch.eager_transforms._set_tensor_requires_grad(diff_primals);  _set_tensor_requires_grad = None

        # No stacktrace found for following nodes
        set_inplace_requires_grad_allowed_1 = torch._C._functorch.set_inplace_requires_grad_allowed(False);  set_inplace_requires_grad_allowed_1 = None

        matmul: "f64[4][1]cpu" = _wrap_for_grad_3 @ diff_primals;  _wrap_for_grad_3 = None
        tanh: "f64[4][1]cpu" = torch.tanh(matmul);  matmul = None
        pow_1: "f64[4][1]cpu" = tanh.pow(2);  tanh = None
        primals_out: "f64[][]cpu" = pow_1.sum();  pow_1 = None

        results: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(primals_out, 3)

        # No stacktrace found for following nodes
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting();  _grad_decrement_nesting = None
        _saved_tensors_hooks_enable = torch._C._autograd._saved_tensors_hooks_enable();  _saved_tensors_hooks_enable = None

        chunk_1: "f64[1, 1][1, 1]cpu" = results.new_zeros(1, 1);  results = None

        diagonal_1: "f64[1][2]cpu" = chunk_1.diagonal(0)
        fill__1: "f64[1][2]cpu" = diagonal_1.fill_(1);  diagonal_1 = fill__1 = None

        basis: "f64[1][1]cpu" = chunk_1.view(1);  chunk_1 = None

        lazy_load_decompositions_1 = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions_1 = None

        _vmap_increment_nesting_1 = torch._functorch.predispatch._vmap_increment_nesting(1, 'error');  _vmap_increment_nesting_1 = None

        _add_batch_dim_1: "f64[][]cpu" = torch._functorch.predispatch._add_batch_dim(basis, 0, 3);  basis = None

        _autograd_grad = torch._functorch.eager_transforms._autograd_grad([primals_out], [diff_primals], [_add_batch_dim_1], retain_graph = True, create_graph = True);  primals_out = diff_primals = _add_batch_dim_1 = None
        batched_outputs: "f64[3][1]cpu" = _autograd_grad[0];  _autograd_grad = None

        chunked_result: "f64[1, 3][1, 1]cpu" = torch._functorch.predispatch._remove_batch_dim(batched_outputs, 3, 1, 0);  batched_outputs = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None

        split = torch.functional.split(chunked_result, [1], dim = 0);  chunked_result = None
        split_1: "f64[1, 3][1, 1]cpu" = split[0];  split = None

        output_input: "f64[3][1]cpu" = split_1.view((3,));  split_1 = None

        _unpack_dual = torch._functorch.predispatch._unpack_dual(output_input, level = 0);  output_input = None
        primal: "f64[3][1]cpu" = _unpack_dual[0]
        dual: "f64[3][1]cpu" = _unpack_dual[1];  _unpack_dual = None

        primals_out_unflatten: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primal, 2);  primal = primals_out_unflatten = None
        tangents_out_unflatten: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(dual, 2);  dual = None

        # No stacktrace found for following nodes
        _exit_dual_level = torch._functorch.predispatch._exit_dual_level(level = 0);  _exit_dual_level = None
        _set_fwd_grad_enabled_1 = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled_1 = None
        _jvp_decrement_nesting = torch._functorch.predispatch._jvp_decrement_nesting();  _jvp_decrement_nesting = None

        results_1: "f64[3, 3][3, 1]cpu" = torch._functorch.predispatch._remove_batch_dim(tangents_out_unflatten, 1, 3, 0);  tangents_out_unflatten = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting_1 = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting_1 = None

        movedim: "f64[3, 3][1, 3]cpu" = results_1.movedim(0, -1);  results_1 = None

        split_2 = torch.functional.split(movedim, [3], dim = -1);  movedim = None
        jac_out_in: "f64[3, 3][1, 3]cpu" = split_2[0];  split_2 = None

        unflatten: "f64[3, 3][1, 3]cpu" = jac_out_in.unflatten(-1, (3,));  jac_out_in = None
        return (unflatten,)
