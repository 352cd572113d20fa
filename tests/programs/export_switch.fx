ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_lin_weight: "f32[6, 6]", p_lin_bias: "f32[6]", p_two_weight: "f32[6, 6]", p_two_bias: "f32[6]", a_0: "f32[4, 6]", a_1: "i64[]"):
            # No stacktrace found for following nodes
            clamp: "i64[]" = torch.ops.aten.clamp.default(a_1, 0, 2);  a_1 = None
            branch0_graph_0 = self.branch0_graph_0
            branch1_graph_0 = self.branch1_graph_0
            branch2_graph_0 = self.branch2_graph_0
            switch = torch.ops.higher_order.switch(clamp, [branch0_graph_0, branch1_graph_0, branch2_graph_0], (a_0, p_lin_bias, p_lin_weight, p_two_bias, p_two_weight));  clamp = branch0_graph_0 = branch1_graph_0 = branch2_graph_0 = a_0 = p_lin_bias = p_lin_weight = p_two_bias = p_two_weight = None
            getitem: "f32[4, 6]" = switch[0];  switch = None
            return (getitem,)
    
        class branch0_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4, 6]", arg1_1: "f32[6]", arg2_1: "f32[6, 6]", arg3_1: "f32[6]", arg4_1: "f32[6, 6]"):
                # No stacktrace found for following nodes
                linear: "f32[4, 6]" = torch.ops.aten.linear.default(arg0_1, arg2_1, arg1_1);  arg0_1 = arg2_1 = arg1_1 = None
                return (linear,)
    
        class branch1_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4, 6]", arg1_1: "f32[6]", arg2_1: "f32[6, 6]", arg3_1: "f32[6]", arg4_1: "f32[6, 6]"):
                # No stacktrace found for following nodes
                linear: "f32[4, 6]" = torch.ops.aten.linear.default(arg0_1, arg4_1, arg3_1);  arg0_1 = arg4_1 = arg3_1 = None
                sin: "f32[4, 6]" = torch.ops.aten.sin.default(linear);  linear = None
                return (sin,)
    
        class branch2_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4, 6]", arg1_1: "f32[6]", arg2_1: "f32[6, 6]", arg3_1: "f32[6]", arg4_1: "f32[6, 6]"):
                # No stacktrace found for following nodes
                mul: "f32[4, 6]" = torch.ops.aten.mul.Tensor(arg0_1, 2);  arg0_1 = None
                return (mul,)
    
Graph signature:
    # inputs
    p_lin_weight: PARAMETER target='lin.weight'
    p_lin_bias: PARAMETER target='lin.bias'
    p_two_weight: PARAMETER target='two.weight'
    p_two_bias: PARAMETER target='two.bias'
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
