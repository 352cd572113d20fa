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

        _make_dual: "f64[3][1]cpu" = torch._functorch.predispatch._make_dual(l_x_, child_1, level = 0);  child_1 = None

        _wrap_for_grad: "f64[3][1]cpu" = torch._C._functorch._wrap_for_grad(l_x_, 2);  l_x_ = _wrap_for_grad = None
        _wrap_for_grad_1: "f64[4, 3][3, 1]cpu" = torch._C._functorch._wrap_for_grad(l_w_, 2);  l_w_ = None

        matmul: "f64[4][1]cpu" = _wrap_for_grad_1 @ _make_dual;  _wrap_for_grad_1 = _make_dual = None
        result_duals: "f64[4][1]cpu" = torch.sin(matmul);  matmul = None

        _unpack_dual = torch._functorch.predispatch._unpack_dual(result_duals, level = 0);  result_duals = None
        primal: "f64[4][1]cpu" = _unpack_dual[0]
        dual: "f64[4][1]cpu" = _unpack_dual[1];  _unpack_dual = None

        primals_out_unflatten: "f64[4][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primal, 2);  primal = primals_out_unflatten = None
        tangents_out_unflatten: "f64[4][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(dual, 2);  dual = None

        # No stacktrace found for following nodes
        _exit_dual_level = torch._functorch.predispatch._exit_dual_level(level = 0);  _exit_dual_level = None
        _set_fwd_grad_enabled_1 = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled_1 = None
        _jvp_decrement_nesting = torch._functorch.predispatch._jvp_decrement_nesting();  _jvp_decrement_nesting = None

        results: "f64[3, 4][4, 1]cpu" = torch._functorch.predispatch._remove_batch_dim(tangents_out_unflatten, 1, 3, 0);  tangents_out_unflatten = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None

        movedim: "f64[4, 3][1, 4]cpu" = results.movedim(0, -1);  results = None

        split = torch.functional.split(movedim, [3], dim = -1);  movedim = None
        jac_out_in: "f64[4, 3][1, 4]cpu" = split[0];  split = None

        unflatten: "f64[4, 3][1, 4]cpu" = jac_out_in.unflatten(-1, (3,));  jac_out_in = None
        return (unflatten,)
