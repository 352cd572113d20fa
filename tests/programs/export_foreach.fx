ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_lin_weight: "f32[6, 6]", p_lin_bias: "f32[6]", a_0: "f32[4, 6]"):
            # No stacktrace found for following nodes
            add: "f32[4, 6]" = torch.ops.aten.add.Tensor(a_0, 1)
            mul: "f32[4, 6]" = torch.ops.aten.mul.Tensor(a_0, 2)
            subgraph0 = self.subgraph0
            foreach_map = torch.ops.higher_order.foreach_map(subgraph0, a_0, p_lin_weight, p_lin_bias, mul, add);  subgraph0 = a_0 = p_lin_weight = p_lin_bias = mul = add = None
            getitem: "f32[4, 6]" = foreach_map[0]
            getitem_1: "f32[4, 6]" = foreach_map[1];  foreach_map = None
            return (getitem, getitem_1)
    
        class subgraph0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4, 6]", arg1_1: "f32[6, 6]", arg2_1: "f32[6]", arg3_1: "f32[4, 6]", arg4_1: "f32[4, 6]"):
                # No stacktrace found for following nodes
                linear: "f32[4, 6]" = torch.ops.aten.linear.default(arg0_1, arg1_1, arg2_1)
                mul: "f32[4, 6]" = torch.ops.aten.mul.Tensor(linear, arg3_1);  linear = arg3_1 = None
                linear_1: "f32[4, 6]" = torch.ops.aten.linear.default(arg4_1, arg1_1, arg2_1);  arg4_1 = arg1_1 = arg2_1 = None
                mul_1: "f32[4, 6]" = torch.ops.aten.mul.Tensor(linear_1, arg0_1);  linear_1 = arg0_1 = None
                return (mul, mul_1)
    
Graph signature:
    # inputs
    p_lin_weight: PARAMETER target='lin.weight'
    p_lin_bias: PARAMETER target='lin.bias'
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {}
