ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w);  p_w = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0);  a_0 = None
            item: "Sym(zuf0)" = torch.ops.aten.item.default(sum_1);  sum_1 = None
            mul_1: "f32[6, 4]" = torch.ops.aten.mul.Tensor(mul, item);  mul = item = None
            return (mul_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    mul_1: USER_OUTPUT
    
Range constraints: {zuf0: VR[-oo, oo]}
