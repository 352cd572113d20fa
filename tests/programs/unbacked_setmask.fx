ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "f32[6, 4]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, p_w)
            gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(a_0, 0);  a_0 = None
            select: "f32[]" = torch.ops.aten.select.int(p_w, 0, 0);  p_w = None
            index_put: "f32[6, 4]" = torch.ops.aten.index_put.default(mul, [gt], select);  mul = gt = select = None
            return (index_put,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    index_put: USER_OUTPUT
    
Range constraints: {}
