ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4]", a_0: "i64[]"):
            # File: unbacked.py:5 in forward, code: def forward(s, *a): return s.f(s.w, *a)
            item: "Sym(u0)" = torch.ops.aten.item.default(a_0);  a_0 = None
            ge: "Sym(u0 >= 0)" = item >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            arange: "i64[u0]" = torch.ops.aten.arange.default(item, device = device(type='cpu'), pin_memory = False);  item = None
            select: "f32[]" = torch.ops.aten.select.int(p_w, 0, 0);  p_w = None
            mul: "f32[u0]" = torch.ops.aten.mul.Tensor(arange, select);  arange = select = None
            return (mul,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    a_0: USER_INPUT
    
    # outputs
    mul: USER_OUTPUT
    
Range constraints: {u0: VR[0, int_oo]}
