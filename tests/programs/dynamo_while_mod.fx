class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]", L_self_modules_l_modules_l_parameters_weight_: "f32[4, 4]", L_self_modules_l_modules_l_parameters_bias_: "f32[4]", L_self_modules_l_buffers_k_: "f32[4]"):
        l_x_ = L_x_
        l_self_modules_l_modules_l_parameters_weight_ = L_self_modules_l_modules_l_parameters_weight_
        l_self_modules_l_modules_l_parameters_bias_ = L_self_modules_l_modules_l_parameters_bias_
        l_self_modules_l_buffers_k_ = L_self_modules_l_buffers_k_

        # File: captured.py:170 in forward, code: return while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, self.l(x)), (torch.tensor(0), x))[1].sum()
        child: "i64[]" = torch.tensor(0)
        cond_fn_0 = self.cond_fn_0
        body_fn_0 = self.body_fn_0
        while_loop = torch.ops.higher_order.while_loop(cond_fn_0, body_fn_0, (child, l_x_), (l_self_modules_l_buffers_k_, l_self_modules_l_modules_l_parameters_bias_, l_self_modules_l_modules_l_parameters_weight_));  cond_fn_0 = body_fn_0 = child = l_x_ = l_self_modules_l_buffers_k_ = l_self_modules_l_modules_l_parameters_bias_ = l_self_modules_l_modules_l_parameters_weight_ = None
        getitem_1: "f32[3, 4]" = while_loop[1];  while_loop = None
        sum_1: "f32[]" = getitem_1.sum();  getitem_1 = None
        return (sum_1,)

    class cond_fn_0(torch.nn.Module):
        def forward(self, child_1: "i64[]", child_2: "f32[3, 4]", l_self_modules_l_buffers_k__body_fn: "f32[4]", l_self_modules_l_modules_l_parameters_bias__body_fn: "f32[4]", l_self_modules_l_modules_l_parameters_weight__body_fn: "f32[4, 4]"):
            # File: captured.py:170 in <lambda>, code: return while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, self.l(x)), (torch.tensor(0), x))[1].sum()
            lt: "b8[]" = child_1 < 3;  child_1 = None
            return lt

    class body_fn_0(torch.nn.Module):
        def forward(self, child_3: "i64[]", child_4: "f32[3, 4]", l_self_modules_l_buffers_k__body_fn: "f32[4]", l_self_modules_l_modules_l_parameters_bias__body_fn: "f32[4]", l_self_modules_l_modules_l_parameters_weight__body_fn: "f32[4, 4]"):
            # File: captured.py:170 in <lambda>, code: return while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, self.l(x)), (torch.tensor(0), x))[1].sum()
            child: "i64[]" = child_3 + 1;  child_3 = None

            # File: captured.py:104 in forward, code: return torch.tanh(self.l(x)) + self.k
            linear: "f32[3, 4]" = torch._C._nn.linear(child_4, l_self_modules_l_modules_l_parameters_weight__body_fn, l_self_modules_l_modules_l_parameters_bias__body_fn);  child_4 = l_self_modules_l_modules_l_parameters_weight__body_fn = l_self_modules_l_modules_l_parameters_bias__body_fn = None
            tanh: "f32[3, 4]" = torch.tanh(linear);  linear = None
            child_5: "f32[3, 4]" = tanh + l_self_modules_l_buffers_k__body_fn;  tanh = l_self_modules_l_buffers_k__body_fn = None
            return (child, child_5)
