ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_lin_weight: "f32[6, 6]", p_lin_bias: "f32[6]", a_0: "f32[4, 6]"):
            # No stacktrace found for following nodes
            subgraph0 = self.subgraph0
            invoke_quant = torch.ops.higher_order.invoke_quant(subgraph0, a_0, p_lin_weight, p_lin_bias, scheme = 'nf4');  subgraph0 = a_0 = p_lin_weight = p_lin_bias = None
            getitem: "f32[4, 6]" = invoke_quant[0];  invoke_quant = None
            return (getitem,)
    
        class subgraph0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4, 6]", arg1_1: "f32[6, 6]", arg2_1: "f32[6]"):
                # No stacktrace found for following nodes
                linear: "f32[4, 6]" = torch.ops.aten.linear.default(arg0_1, arg1_1, arg2_1);  arg0_1 = arg1_1 = arg2_1 = None
                relu: "f32[4, 6]" = torch.ops.aten.relu.default(linear);  linear = None
                return (relu,)
    
Graph signature:
    # inputs
    p_lin_weight: PARAMETER target='lin.weight'
    p_lin_bias: PARAMETER target='lin.bias'
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
