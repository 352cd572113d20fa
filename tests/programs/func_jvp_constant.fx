class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f64[3][1]cpu", L_w_: "f64[4, 3][3, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_

        # No stacktrace found for following nodes
        _jvp_increment_nesting = torch._functorch.predispatch._jvp_increment_nesting();  _jvp_increment_nesting = None
        _set_fwd_grad_enabled = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled = None
        _enter_dual_level = torch._functorch.predispatch._enter_dual_level();  _enter_dual_level = None

        _maybe_load_decompositions = torch.autograd.forward_ad._maybe_load_decompositions();  _maybe_load_decompositions = None

        _make_dual: "f64[3][1]cpu" = torch._functorch.predispatch._make_dual(l_x_, l_x_, level = 0);  l_x_ = None

        child: "f64[][]cpu" = l_w_.sum();  l_w_ = None
        child_1: "f64[3][1]cpu" = _make_dual * 2;  _make_dual = None

        _unpack_dual = torch._functorch.predispatch._unpack_dual(child, level = 0);  child = None
        primal: "f64[][]cpu" = _unpack_dual[0];  _unpack_dual = None

        tangent: "f64[][]cpu" = torch.zeros_like(primal)

        _unpack_dual_1 = torch._functorch.predispatch._unpack_dual(child_1, level = 0);  child_1 = None
        primal_1: "f64[3][1]cpu" = _unpack_dual_1[0]
        dual: "f64[3][1]cpu" = _unpack_dual_1[1];  _unpack_dual_1 = None

        _unwrap_for_grad: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(primal, 1);  primal = None
        _unwrap_for_grad_1: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(primal_1, 1);  primal_1 = None
        _unwrap_for_grad_2: "f64[][]cpu" = torch._functorch.predispatch._unwrap_for_grad(tangent, 1);  tangent = None
        _unwrap_for_grad_3: "f64[3][1]cpu" = torch._functorch.predispatch._unwrap_for_grad(dual, 1);  dual = None

        # No stacktrace found for following nodes
        _exit_dual_level = torch._functorch.predispatch._exit_dual_level(level = 0);  _exit_dual_level = None
        _set_fwd_grad_enabled_1 = torch._C._set_fwd_grad_enabled(True);  _set_fwd_grad_enabled_1 = None
        _jvp_decrement_nesting = torch._functorch.predispatch._jvp_decrement_nesting();  _jvp_decrement_nesting = None
        return (_unwrap_for_grad, _unwrap_for_grad_1, _unwrap_for_grad_2, _unwrap_for_grad_3)
