ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4, 4]", p_b: "f32[4]", p_e: "f32[10, 4]", p_cw: "f32[3, 2, 3]", p_lin_weight: "f32[4, 4]", p_lin_bias: "f32[4]", p_ln_weight: "f32[4]", p_ln_bias: "f32[4]", p_mha_in_proj_weight: "f32[12, 4]", p_mha_in_proj_bias: "f32[12]", p_mha_out_proj_weight: "f32[4, 4]", p_mha_out_proj_bias: "f32[4]", p_gru_weight_ih_l0: "f32[12, 4]", p_gru_weight_hh_l0: "f32[12, 4]", p_gru_bias_ih_l0: "f32[12]", p_gru_bias_hh_l0: "f32[12]", a_0: "f32[s10, 4]"):
            # No stacktrace found for following nodes
            sym_size_int_1: "Sym(s10)" = torch.ops.aten.sym_size.int(a_0, 0)
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0);  a_0 = None
            truediv: "Sym(IntTrueDiv(s10, 2))" = sym_size_int_1 / 2
            ceil: "Sym(CeilToInt(IntTrueDiv(s10, 2)))" = math_ceil(truediv);  truediv = None
            mul: "f32[]" = torch.ops.aten.mul.Tensor(sum_1, ceil);  sum_1 = ceil = None
            neg: "Sym(-s10)" = -sym_size_int_1;  sym_size_int_1 = None
            floordiv: "Sym(((-s10)//2))" = neg // 2;  neg = None
            neg_1: "Sym(-(((-s10)//2)))" = -floordiv;  floordiv = None
            ones: "f32[-(((-s10)//2))]" = torch.ops.aten.ones.default([neg_1], device = device(type='cpu'), pin_memory = False);  neg_1 = None
            sum_2: "f32[]" = torch.ops.aten.sum.default(ones);  ones = None
            add: "f32[]" = torch.ops.aten.add.Tensor(mul, sum_2);  mul = sum_2 = None
            return (add,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    p_b: PARAMETER target='b'
    p_e: PARAMETER target='e'
    p_cw: PARAMETER target='cw'
    p_lin_weight: PARAMETER target='lin.weight'
    p_lin_bias: PARAMETER target='lin.bias'
    p_ln_weight: PARAMETER target='ln.weight'
    p_ln_bias: PARAMETER target='ln.bias'
    p_mha_in_proj_weight: PARAMETER target='mha.in_proj_weight'
    p_mha_in_proj_bias: PARAMETER target='mha.in_proj_bias'
    p_mha_out_proj_weight: PARAMETER target='mha.out_proj.weight'
    p_mha_out_proj_bias: PARAMETER target='mha.out_proj.bias'
    p_gru_weight_ih_l0: PARAMETER target='gru.weight_ih_l0'
    p_gru_weight_hh_l0: PARAMETER target='gru.weight_hh_l0'
    p_gru_bias_ih_l0: PARAMETER target='gru.bias_ih_l0'
    p_gru_bias_hh_l0: PARAMETER target='gru.bias_hh_l0'
    a_0: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {s10: VR[3, int_oo]}
