ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_lin_weight: "f32[6, 6]", p_lin_bias: "f32[6]", a_0: "f32[4, 6]"):
            # No stacktrace found for following nodes
            strict_graph_0 = self.strict_graph_0
            strict_mode = torch.ops.higher_order.strict_mode(strict_graph_0, (a_0, p_lin_weight, p_lin_bias));  strict_graph_0 = a_0 = p_lin_weight = p_lin_bias = None
            getitem: "f32[4, 6]" = strict_mode[0];  strict_mode = None
            return (getitem,)
    
        class strict_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4, 6]", arg1_1: "f32[6, 6]", arg2_1: "f32[6]"):
                # No stacktrace found for following nodes
                linear: "f32[4, 6]" = torch.ops.aten.linear.default(arg0_1, arg1_1, arg2_1);  arg0_1 = arg1_1 = arg2_1 = None
                sin: "f32[4, 6]" = torch.ops.aten.sin.default(linear);  linear = None
                return (sin,)
    
Graph signature:
    # inputs
    p_lin_weight: PARAMETER target='lin.weight'
    p_lin_bias: PARAMETER target='lin.bias'
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
