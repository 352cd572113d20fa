ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_cw: "f32[3, 2, 3]", a_0: "f32[s6, 2, s37, s46]"):
            unsqueeze: "f32[3, 2, 3, 1]" = torch.ops.aten.unsqueeze.default(p_cw, -1);  p_cw = None
            conv2d: "f32[s6, 3, s37, s46 + 2]" = torch.ops.aten.conv2d.default(a_0, unsqueeze, None, [1, 1], [1, 1]);  a_0 = unsqueeze = None
            relu: "f32[s6, 3, s37, s46 + 2]" = torch.ops.aten.relu.default(conv2d);  conv2d = None
            flatten: "f32[s6, 3*s37*(s46 + 2)]" = torch.ops.aten.flatten.using_ints(relu, 1);  relu = None
            sum_1: "f32[s6]" = torch.ops.aten.sum.dim_IntList(flatten, [1]);  flatten = None
            return (sum_1,)
    
Graph signature:
    # inputs
    p_cw: PARAMETER target='cw'
    a_0: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {s6: VR[2, int_oo], s37: VR[2, int_oo], s46: VR[2, int_oo]}
