class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f64[3][1]cpu", L_w_: "f64[4, 3][3, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_

        child: "f64[3][1]cpu" = l_x_.cos()
        child_1: "f64[4, 3][3, 1]cpu" = l_w_.sin()

        # No stacktrace found for following nodes
        _jvp_increment_nesting = torch._functorch.predispatch._jvp_increment_nesting();  _jvp_increment_nesting = None
        _set_fwd_grad_enabled = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled = None
        _enter_dual_level = torch._functorch.predispatch._enter_dual_level();  _enter_dual_level = None

        _maybe_load_decompositions = torch.autograd.forward_ad._maybe_load_decompositions();  _maybe_load_decompositions = None

        _make_dual: "f64[3][1]cpu" = torch._functorch.predispatch._make_dual(l_x_, child, level = 0);  l_x_ = child = None

        _maybe_load_decompositions_1 = torch.autograd.forward_ad._maybe_load_decompositions();  _maybe_load_decompositions_1 = None

        _make_dual_1: "f64[4, 3][3, 1]cpu" = torch._functorch.predispatch._make_dual(l_w_, child_1, level = 0);  l_w_ = child_1 = None

        matmul: "f64[4][1]cpu" = _make_dual_1 @ _make_dual;  _make_dual_1 = _make_dual = None
        result_duals: "f64[4][1]cpu" = torch.sin(matmul);  matmul = None

        _unpack_dual = torch._functorch.predispatch._unpack_dual(result_duals, level = 0);  result_duals = None
        primal: "f64[4][1]cpu" = _unpack_dual[0]
        dual: "f64[4][1]cpu" = _unpack_dual[1];  _unpack_dual = None

        primals_out_unflatten: "f64[4][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primal, 1);  primal = None
        tangents_out_unflatten: "f64[4][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(dual, 1);  dual = None

        # No stacktrace found for following nodes
        _exit_dual_level = torch._functorch.predispatch._exit_dual_level(level = 0);  _exit_dual_level = None
        _set_fwd_grad_enabled_1 = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled_1 = None
        _jvp_decrement_nesting = torch._functorch.predispatch._jvp_decrement_nesting();  _jvp_decrement_nesting = None
        return (primals_out_unflatten, tangents_out_unflatten)
