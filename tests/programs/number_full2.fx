ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]", a_1: "i64[]"):
            item: "Sym(u0)" = torch.ops.aten.item.default(a_1);  a_1 = None
            full: "i64[3, 4]" = torch.ops.aten.full.default([3, 4], item, device = device(type='cpu'), pin_memory = False);  item = None
            slice_1: "f32[3, 4]" = torch.ops.aten.slice.Tensor(a_0, 0, 0, 3);  a_0 = None
            mul: "f32[3, 4]" = torch.ops.aten.mul.Tensor(full, slice_1);  full = slice_1 = None
            return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    mul: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[-int_oo, int_oo]}
