class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]", L_s_modules_a_modules_l_parameters_weight_: "f32[4, 4]", L_s_modules_a_modules_l_parameters_bias_: "f32[4]", L_s_modules_a_buffers_k_: "f32[4]", L_s_modules_b_modules_l_parameters_weight_: "f32[4, 4]", L_s_modules_b_modules_l_parameters_bias_: "f32[4]", L_s_modules_b_buffers_k_: "f32[4]"):
        l_x_ = L_x_
        l_s_modules_a_modules_l_parameters_weight_ = L_s_modules_a_modules_l_parameters_weight_
        l_s_modules_a_modules_l_parameters_bias_ = L_s_modules_a_modules_l_parameters_bias_
        l_s_modules_a_buffers_k_ = L_s_modules_a_buffers_k_
        l_s_modules_b_modules_l_parameters_weight_ = L_s_modules_b_modules_l_parameters_weight_
        l_s_modules_b_modules_l_parameters_bias_ = L_s_modules_b_modules_l_parameters_bias_
        l_s_modules_b_buffers_k_ = L_s_modules_b_buffers_k_

        # File: gen.py:37 in forward, code: def forward(s,x): return torch.cond(x.sum()>0, s.a, s.b, (x,))
        sum_1: "f32[]" = l_x_.sum()
        gt: "b8[]" = sum_1 > 0;  sum_1 = None
        cond_true_0 = self.cond_true_0
        cond_false_0 = self.cond_false_0
        cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (l_x_, l_s_modules_a_buffers_k_, l_s_modules_a_modules_l_parameters_bias_, l_s_modules_a_modules_l_parameters_weight_, l_s_modules_b_buffers_k_, l_s_modules_b_modules_l_parameters_bias_, l_s_modules_b_modules_l_parameters_weight_));  gt = cond_true_0 = cond_false_0 = l_x_ = l_s_modules_a_buffers_k_ = l_s_modules_a_modules_l_parameters_bias_ = l_s_modules_a_modules_l_parameters_weight_ = l_s_modules_b_buffers_k_ = l_s_modules_b_modules_l_parameters_bias_ = l_s_modules_b_modules_l_parameters_weight_ = None
        getitem: "f32[3, 4]" = cond[0];  cond = None
        return (getitem,)

    class cond_true_0(torch.nn.Module):
        def forward(self, l_x_: "f32[3, 4]", l_s_modules_a_buffers_k__true_branch: "f32[4]", l_s_modules_a_modules_l_parameters_bias__true_branch: "f32[4]", l_s_modules_a_modules_l_parameters_weight__true_branch: "f32[4, 4]", l_s_modules_b_buffers_k__false_branch: "f32[4]", l_s_modules_b_modules_l_parameters_bias__false_branch: "f32[4]", l_s_modules_b_modules_l_parameters_weight__false_branch: "f32[4, 4]"):
            l_x__1 = l_x_

            # File: gen.py:26 in forward, code: def forward(s,x): return torch.tanh(s.l(x))+s.k
            linear: "f32[3, 4]" = torch._C._nn.linear(l_x__1, l_s_modules_a_modules_l_parameters_weight__true_branch, l_s_modules_a_modules_l_parameters_bias__true_branch);  l_x__1 = l_s_modules_a_modules_l_parameters_weight__true_branch = l_s_modules_a_modules_l_parameters_bias__true_branch = None
            tanh: "f32[3, 4]" = torch.tanh(linear);  linear = None
            add: "f32[3, 4]" = tanh + l_s_modules_a_buffers_k__true_branch;  tanh = l_s_modules_a_buffers_k__true_branch = None
            return (add,)

    class cond_false_0(torch.nn.Module):
        def forward(self, l_x_: "f32[3, 4]", l_s_modules_a_buffers_k__true_branch: "f32[4]", l_s_modules_a_modules_l_parameters_bias__true_branch: "f32[4]", l_s_modules_a_modules_l_parameters_weight__true_branch: "f32[4, 4]", l_s_modules_b_buffers_k__false_branch: "f32[4]", l_s_modules_b_modules_l_parameters_bias__false_branch: "f32[4]", l_s_modules_b_modules_l_parameters_weight__false_branch: "f32[4, 4]"):
            l_x__1 = l_x_

            # File: gen.py:26 in forward, code: def forward(s,x): return torch.tanh(s.l(x))+s.k
            linear: "f32[3, 4]" = torch._C._nn.linear(l_x__1, l_s_modules_b_modules_l_parameters_weight__false_branch, l_s_modules_b_modules_l_parameters_bias__false_branch);  l_x__1 = l_s_modules_b_modules_l_parameters_weight__false_branch = l_s_modules_b_modules_l_parameters_bias__false_branch = None
            tanh: "f32[3, 4]" = torch.tanh(linear);  linear = None
            add: "f32[3, 4]" = tanh + l_s_modules_b_buffers_k__false_branch;  tanh = l_s_modules_b_buffers_k__false_branch = None
            return (add,)
