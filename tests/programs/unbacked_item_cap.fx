ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:10 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            item: "Sym(zuf0)" = torch.ops.aten.item.default(sum_1);  sum_1 = None
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, item);  a_0 = item = None
    
            # File: <eval_with_key>.419:7 in forward, code: sin = torch.sin(l_args_0_);  l_args_0_ = None
            sin: "f32[6, 4]" = torch.ops.aten.sin.default(mul);  mul = None
    
            # File: <eval_with_key>.419:8 in forward, code: mul = sin * l_args_1_;  sin = l_args_1_ = None
            mul_1: "f32[6, 4]" = torch.ops.aten.mul.Tensor(sin, p_w);  sin = p_w = None
            return (mul_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    mul_1: USER_OUTPUT
    
Range constraints: {zuf0: VR[-oo, oo]}
