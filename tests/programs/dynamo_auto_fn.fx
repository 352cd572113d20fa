class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]", L_self_parameters_w_: "f32[4, 4]"):
        l_x_ = L_x_
        l_self_parameters_w_ = L_self_parameters_w_

        # File: captured.py:128 in forward, code: return (Product.apply(x * 2, self.w) * Product.apply(x, self.w.t())).sum()
        arg: "f32[3, 4]" = l_x_ * 2
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, arg, l_self_parameters_w_, non_differentiable_idx = [], saved_for_backward_idx = [0, 1]);  fwd_body_0 = bwd_body_0 = arg = None
        getitem: "f32[3, 4]" = autograd_function_apply[0];  autograd_function_apply = None
        arg_1: "f32[4, 4]" = l_self_parameters_w_.t();  l_self_parameters_w_ = None
        fwd_body_1 = self.fwd_body_1
        bwd_body_1 = self.bwd_body_1
        autograd_function_apply_1 = torch.ops.higher_order.autograd_function_apply(fwd_body_1, bwd_body_1, l_x_, arg_1, non_differentiable_idx = [], saved_for_backward_idx = [0, 1]);  fwd_body_1 = bwd_body_1 = l_x_ = arg_1 = None
        getitem_1: "f32[3, 4]" = autograd_function_apply_1[0];  autograd_function_apply_1 = None
        mul_1: "f32[3, 4]" = getitem * getitem_1;  getitem = getitem_1 = None
        sum_1: "f32[]" = mul_1.sum();  mul_1 = None
        return (sum_1,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, mul: "f32[3, 4]", l_self_parameters_w_: "f32[4, 4]"):
            # No stacktrace found for following nodes
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None

            # File: captured.py:113 in forward, code: return (x @ w).clamp(-1, 1)
            matmul: "f32[3, 4]" = mul @ l_self_parameters_w_
            outs: "f32[3, 4]" = matmul.clamp(-1, 1);  matmul = None

            # No stacktrace found for following nodes
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((outs,), (l_self_parameters_w_, mul))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[3, 4]", l_self_parameters_w_: "f32[4, 4]", arg: "f32[3, 4]"):
            # No stacktrace found for following nodes
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None

            # File: captured.py:118 in backward, code: return g @ w.mT, x.reshape(-1, x.shape[-1]).t() @ g.reshape(-1, g.shape[-1])
            m_t: "f32[4, 4]" = torch.ops.aten.mT(l_self_parameters_w_);  l_self_parameters_w_ = None
            matmul: "f32[3, 4]" = g @ m_t;  m_t = None
            reshape: "f32[3, 4]" = arg.reshape(-1, 4);  arg = None
            t: "f32[4, 3]" = reshape.t();  reshape = None
            reshape_1: "f32[3, 4]" = g.reshape(-1, 4);  g = None
            matmul_1: "f32[4, 4]" = t @ reshape_1;  t = reshape_1 = None

            # No stacktrace found for following nodes
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (matmul, matmul_1)

    class fwd_body_1(torch.nn.Module):
        def forward(self, l_x_: "f32[3, 4]", t: "f32[4, 4]"):
            # No stacktrace found for following nodes
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None

            # File: captured.py:113 in forward, code: return (x @ w).clamp(-1, 1)
            matmul: "f32[3, 4]" = l_x_ @ t
            outs: "f32[3, 4]" = matmul.clamp(-1, 1);  matmul = None

            # No stacktrace found for following nodes
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((outs,), (t, l_x_))

    class bwd_body_1(torch.nn.Module):
        def forward(self, g: "f32[3, 4]", arg_1: "f32[4, 4]", l_x_: "f32[3, 4]"):
            # No stacktrace found for following nodes
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None

            # File: captured.py:118 in backward, code: return g @ w.mT, x.reshape(-1, x.shape[-1]).t() @ g.reshape(-1, g.shape[-1])
            m_t: "f32[4, 4]" = torch.ops.aten.mT(arg_1);  arg_1 = None
            matmul: "f32[3, 4]" = g @ m_t;  m_t = None
            reshape: "f32[3, 4]" = l_x_.reshape(-1, 4);  l_x_ = None
            t: "f32[4, 3]" = reshape.t();  reshape = None
            reshape_1: "f32[3, 4]" = g.reshape(-1, 4);  g = None
            matmul_1: "f32[4, 4]" = t @ reshape_1;  t = reshape_1 = None

            # No stacktrace found for following nodes
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (matmul, matmul_1)
