class GraphModule(torch.nn.Module):
    def forward(self, L_h_: "f32[4]", L_xs_: "f32[6, 4]", L_s_modules_c_parameters_weight_: "f32[4, 8]", L_s_modules_c_parameters_bias_: "f32[4]"):
        l_h_ = L_h_
        l_xs_ = L_xs_
        l_s_modules_c_parameters_weight_ = L_s_modules_c_parameters_weight_
        l_s_modules_c_parameters_bias_ = L_s_modules_c_parameters_bias_

        # File: gen.py:52 in forward, code: h,ys=scan(step,h,xs); return h.sum()+ys.sum()
        scan_combine_fn_0 = self.scan_combine_fn_0
        scan = torch.ops.higher_order.scan(scan_combine_fn_0, [l_h_], [l_xs_], [l_s_modules_c_parameters_weight_, l_s_modules_c_parameters_bias_]);  scan_combine_fn_0 = l_h_ = l_xs_ = l_s_modules_c_parameters_weight_ = l_s_modules_c_parameters_bias_ = None
        carry: "f32[4]" = scan[0]
        out: "f32[6, 4]" = scan[1];  scan = None
        sum_1: "f32[]" = carry.sum();  carry = None
        sum_2: "f32[]" = out.sum();  out = None
        add: "f32[]" = sum_1 + sum_2;  sum_1 = sum_2 = None
        return (add,)

    class scan_combine_fn_0(torch.nn.Module):
        def forward(self, child: "f32[4]", child_1: "f32[4]", l_s_modules_c_parameters_weight_: "f32[4, 8]", l_s_modules_c_parameters_bias_: "f32[4]"):
            # File: gen.py:51 in step, code: n=torch.tanh(s.c(torch.cat([h,x]))); return n, n*2
            cat: "f32[8]" = torch.cat([child, child_1]);  child = child_1 = None
            linear: "f32[4]" = torch._C._nn.linear(cat, l_s_modules_c_parameters_weight_, l_s_modules_c_parameters_bias_);  cat = l_s_modules_c_parameters_weight_ = l_s_modules_c_parameters_bias_ = None
            n: "f32[4]" = torch.tanh(linear);  linear = None
            child_2: "f32[4]" = n * 2
            return [n, child_2]
