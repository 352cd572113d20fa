class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]", L_s_modules_a_modules_l_parameters_weight_: "f32[4, 4]", L_s_modules_a_modules_l_parameters_bias_: "f32[4]", L_s_modules_a_buffers_k_: "f32[4]", L_s_modules_b_modules_l_parameters_weight_: "f32[4, 4]"):
        l_x_ = L_x_
        l_s_modules_a_modules_l_parameters_weight_ = L_s_modules_a_modules_l_parameters_weight_
        l_s_modules_a_modules_l_parameters_bias_ = L_s_modules_a_modules_l_parameters_bias_
        l_s_modules_a_buffers_k_ = L_s_modules_a_buffers_k_
        l_s_modules_b_modules_l_parameters_weight_ = L_s_modules_b_modules_l_parameters_weight_

        # File: gen.py:107 in forward, code: return checkpoint(g,x,use_reentrant=False,context_fn=functools.partial(create_selective_checkpoint_contexts,pol)).sum()
        wrap_body_0 = self.wrap_body_0
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, l_x_, l_s_modules_a_modules_l_parameters_weight_, l_s_modules_a_modules_l_parameters_bias_, l_s_modules_a_buffers_k_, l_s_modules_b_modules_l_parameters_weight_, use_reentrant = False);  wrap_body_0 = l_x_ = l_s_modules_a_modules_l_parameters_weight_ = l_s_modules_a_modules_l_parameters_bias_ = l_s_modules_a_buffers_k_ = l_s_modules_b_modules_l_parameters_weight_ = None
        getitem: "f32[3, 4]" = tag_activation_checkpoint[0];  tag_activation_checkpoint = None
        sum_1: "f32[]" = getitem.sum();  getitem = None
        return (sum_1,)

    class wrap_body_0(torch.nn.Module):
        def forward(self, l_x_: "f32[3, 4]", l_s_modules_a_modules_l_parameters_weight_: "f32[4, 4]", l_s_modules_a_modules_l_parameters_bias_: "f32[4]", l_s_modules_a_buffers_k_: "f32[4]", l_s_modules_b_modules_l_parameters_weight_: "f32[4, 4]"):
            # File: gen.py:26 in forward, code: def forward(s,x): return torch.tanh(s.l(x))+s.k
            linear: "f32[3, 4]" = torch._C._nn.linear(l_x_, l_s_modules_a_modules_l_parameters_weight_, l_s_modules_a_modules_l_parameters_bias_);  l_x_ = l_s_modules_a_modules_l_parameters_weight_ = l_s_modules_a_modules_l_parameters_bias_ = None
            tanh: "f32[3, 4]" = torch.tanh(linear);  linear = None
            add: "f32[3, 4]" = tanh + l_s_modules_a_buffers_k_;  tanh = l_s_modules_a_buffers_k_ = None

            # File: gen.py:106 in g, code: def g(x): return (s.a(x)@s.b.l.weight).sin()
            matmul: "f32[3, 4]" = add @ l_s_modules_b_modules_l_parameters_weight_;  add = l_s_modules_b_modules_l_parameters_weight_ = None
            sin: "f32[3, 4]" = matmul.sin();  matmul = None
            return (sin,)
