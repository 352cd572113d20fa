class GraphModule(torch.nn.Module):
    def forward(self, L_w_: "f64[4, 3][3, 1]cpu", L_xs_: "f64[5, 3][3, 1]cpu"):
        l_w_ = L_w_
        l_xs_ = L_xs_

        lazy_load_decompositions = torch._functorch.predispatch.lazy_load_decompositions();  lazy_load_decompositions = None

        _vmap_increment_nesting = torch._functorch.predispatch._vmap_increment_nesting(5, 'error');  _vmap_increment_nesting = None

        child: "f64[3][1]cpu" = torch._functorch.predispatch._add_batch_dim(l_xs_, 0, 1);  l_xs_ = None

        child_1: "f64[3][1]cpu" = child.cos()

        # No stacktrace found for following nodes
        _jvp_increment_nesting = torch._functorch.predispatch._jvp_increment_nesting();  _jvp_increment_nesting = None
        _set_fwd_grad_enabled = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled = None
        _enter_dual_level = torch._functorch.predispatch._enter_dual_level();  _enter_dual_level = None

        _maybe_load_decompositions = torch.autograd.forward_ad._maybe_load_decompositions();  _maybe_load_decompositions = None

        _make_dual: "f64[3][1]cpu" = torch._functorch.predispatch._make_dual(child, child_1, level = 0);  child = child_1 = None

        matmul: "f64[4][5]cpu" = l_w_ @ _make_dual;  l_w_ = _make_dual = None
        result_duals: "f64[4][5]cpu" = torch.sin(matmul);  matmul = None

        _unpack_dual = torch._functorch.predispatch._unpack_dual(result_duals, level = 0);  result_duals = None
        primal: "f64[4][5]cpu" = _unpack_dual[0]
        dual: "f64[4][5]cpu" = _unpack_dual[1];  _unpack_dual = None

        primals_out_unflatten: "f64[4][5]cpu" = torch._functorch.predispatch._unwrap_for_grad(primal, 2);  primal = None
        tangents_out_unflatten: "f64[4][5]cpu" = torch._functorch.predispatch._unwrap_for_grad(dual, 2);  dual = None

        # No stacktrace found for following nodes
        _exit_dual_level = torch._functorch.predispatch._exit_dual_level(level = 0);  _exit_dual_level = None
        _set_fwd_grad_enabled_1 = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled_1 = None
        _jvp_decrement_nesting = torch._functorch.predispatch._jvp_decrement_nesting();  _jvp_decrement_nesting = None

        _remove_batch_dim: "f64[5, 4][1, 5]cpu" = torch._functorch.predispatch._remove_batch_dim(primals_out_unflatten, 1, 5, 0);  primals_out_unflatten = None
        _remove_batch_dim_1: "f64[5, 4][1, 5]cpu" = torch._functorch.predispatch._remove_batch_dim(tangents_out_unflatten, 1, 5, 0);  tangents_out_unflatten = None

        # No stacktrace found for following nodes
        _vmap_decrement_nesting = torch._functorch.predispatch._vmap_decrement_nesting();  _vmap_decrement_nesting = None
        return (_remove_batch_dim, _remove_batch_dim_1)
