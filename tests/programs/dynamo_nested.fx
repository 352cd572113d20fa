class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]", L_self_parameters_w_: "f32[4, 4]", L_self_modules_l_modules_l_parameters_weight_: "f32[4, 4]", L_self_modules_l_modules_l_parameters_bias_: "f32[4]", L_self_modules_l_buffers_k_: "f32[4]"):
        l_x_ = L_x_
        l_self_parameters_w_ = L_self_parameters_w_
        l_self_modules_l_modules_l_parameters_weight_ = L_self_modules_l_modules_l_parameters_weight_
        l_self_modules_l_modules_l_parameters_bias_ = L_self_modules_l_modules_l_parameters_bias_
        l_self_modules_l_buffers_k_ = L_self_modules_l_buffers_k_

        # File: captured.py:184 in forward, code: h, ys = scan(step, x[0] * 2, x)
        getitem: "f32[4]" = l_x_[0]
        x: "f32[4]" = getitem * 2;  getitem = None
        scan_combine_fn_0 = self.scan_combine_fn_0
        scan = torch.ops.higher_order.scan(scan_combine_fn_0, [x], [l_x_], [l_self_parameters_w_, l_self_modules_l_modules_l_parameters_weight_, l_self_modules_l_modules_l_parameters_bias_, l_self_modules_l_buffers_k_]);  scan_combine_fn_0 = x = l_x_ = l_self_parameters_w_ = l_self_modules_l_modules_l_parameters_weight_ = l_self_modules_l_modules_l_parameters_bias_ = l_self_modules_l_buffers_k_ = None
        carry: "f32[4]" = scan[0]
        out: "f32[3, 4]" = scan[1];  scan = None

        # File: captured.py:185 in forward, code: return h.sum() + ys.sum()
        sum_1: "f32[]" = carry.sum();  carry = None
        sum_2: "f32[]" = out.sum();  out = None
        add: "f32[]" = sum_1 + sum_2;  sum_1 = sum_2 = None
        return (add,)

    class scan_combine_fn_0(torch.nn.Module):
        def forward(self, child: "f32[4]", child_1: "f32[4]", l_self_parameters_w_: "f32[4, 4]", l_self_modules_l_modules_l_parameters_weight_: "f32[4, 4]", l_self_modules_l_modules_l_parameters_bias_: "f32[4]", l_self_modules_l_buffers_k_: "f32[4]"):
            # File: captured.py:181 in step, code: n = torch.cond(h.sum() > 0, lambda h: torch.tanh(h @ self.w + v), lambda h: h * 0.5 + self.l(v), (h,))
            sum_1: "f32[]" = child.sum()
            gt: "b8[]" = sum_1 > 0;  sum_1 = None
            cond_true_0 = self.cond_true_0
            cond_false_0 = self.cond_false_0
            cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (child, child_1, l_self_parameters_w_, l_self_modules_l_buffers_k_, l_self_modules_l_modules_l_parameters_bias_, l_self_modules_l_modules_l_parameters_weight_));  gt = cond_true_0 = cond_false_0 = child = child_1 = l_self_parameters_w_ = l_self_modules_l_buffers_k_ = l_self_modules_l_modules_l_parameters_bias_ = l_self_modules_l_modules_l_parameters_weight_ = None
            n: "f32[4]" = cond[0];  cond = None

            # File: captured.py:182 in step, code: return n, n * 1.0
            child_2: "f32[4]" = n * 1.0
            return [n, child_2]

        class cond_true_0(torch.nn.Module):
            def forward(self, child: "f32[4]", child_1: "f32[4]", l_self_parameters_w__true_branch: "f32[4, 4]", l_self_modules_l_buffers_k__false_branch: "f32[4]", l_self_modules_l_modules_l_parameters_bias__false_branch: "f32[4]", l_self_modules_l_modules_l_parameters_weight__false_branch: "f32[4, 4]"):
                child_2 = child
                child_3 = child_1

                # File: captured.py:181 in <lambda>, code: n = torch.cond(h.sum() > 0, lambda h: torch.tanh(h @ self.w + v), lambda h: h * 0.5 + self.l(v), (h,))
                matmul: "f32[4]" = child_2 @ l_self_parameters_w__true_branch;  child_2 = l_self_parameters_w__true_branch = None
                add: "f32[4]" = matmul + child_3;  matmul = child_3 = None
                tanh: "f32[4]" = torch.tanh(add);  add = None
                return (tanh,)

        class cond_false_0(torch.nn.Module):
            def forward(self, child: "f32[4]", child_1: "f32[4]", l_self_parameters_w__true_branch: "f32[4, 4]", l_self_modules_l_buffers_k__false_branch: "f32[4]", l_self_modules_l_modules_l_parameters_bias__false_branch: "f32[4]", l_self_modules_l_modules_l_parameters_weight__false_branch: "f32[4, 4]"):
                child_2 = child
                child_3 = child_1

                # File: captured.py:181 in <lambda>, code: n = torch.cond(h.sum() > 0, lambda h: torch.tanh(h @ self.w + v), lambda h: h * 0.5 + self.l(v), (h,))
                mul: "f32[4]" = child_2 * 0.5;  child_2 = None

                # File: captured.py:104 in forward, code: return torch.tanh(self.l(x)) + self.k
                linear: "f32[4]" = torch._C._nn.linear(child_3, l_self_modules_l_modules_l_parameters_weight__false_branch, l_self_modules_l_modules_l_parameters_bias__false_branch);  child_3 = l_self_modules_l_modules_l_parameters_weight__false_branch = l_self_modules_l_modules_l_parameters_bias__false_branch = None
                tanh: "f32[4]" = torch.tanh(linear);  linear = None
                add: "f32[4]" = tanh + l_self_modules_l_buffers_k__false_branch;  tanh = l_self_modules_l_buffers_k__false_branch = None

                # File: captured.py:181 in <lambda>, code: n = torch.cond(h.sum() > 0, lambda h: torch.tanh(h @ self.w + v), lambda h: h * 0.5 + self.l(v), (h,))
                add_1: "f32[4]" = mul + add;  mul = add = None
                return (add_1,)
