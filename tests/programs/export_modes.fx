ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_lin_weight: "f32[6, 6]", p_lin_bias: "f32[6]", p_two_weight: "f32[6, 6]", p_two_bias: "f32[6]", a_0: "f32[4, 6]"):
            # No stacktrace found for following nodes
            submod_3 = self.submod_3
            linear: "f32[4, 6]" = torch.ops.aten.linear.default(a_0, p_lin_weight, p_lin_bias);  p_lin_weight = p_lin_bias = None
            sin = torch.ops.higher_order.wrap_with_set_grad_enabled(False, submod_3, linear);  submod_3 = None
            getitem_2: "f32[4, 6]" = sin[0];  sin = None
            submod_4 = self.submod_1
            linear_1 = torch.ops.higher_order.wrap_with_autocast('cpu', torch.bfloat16, True, None, submod_4, a_0, p_two_weight, p_two_bias);  submod_4 = a_0 = p_two_weight = p_two_bias = None
            getitem_3: "f32[4, 6]" = linear_1[0];  linear_1 = None
            mul: "f32[4, 6]" = torch.ops.aten.mul.Tensor(linear, 2)
            mul_1: "f32[4, 6]" = torch.ops.aten.mul.Tensor(linear, getitem_2);  linear = getitem_2 = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(getitem_3, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "f32[4, 6]" = torch.ops.aten.to.dtype(getitem_3, torch.float32);  getitem_3 = None
            add: "f32[4, 6]" = torch.ops.aten.add.Tensor(mul_1, to);  mul_1 = to = None
            add_1: "f32[4, 6]" = torch.ops.aten.add.Tensor(add, mul);  add = mul = None
            return (add_1,)
    
        class submod_3(torch.nn.Module):
            def forward(self, linear: "f32[4, 6]"):
                # No stacktrace found for following nodes
                sin: "f32[4, 6]" = torch.ops.aten.sin.default(linear);  linear = None
                return (sin,)
    
        class submod_1(torch.nn.Module):
            def forward(self, arg4_1: "f32[4, 6]", arg2_1: "f32[6, 6]", arg3_1: "f32[6]"):
                # No stacktrace found for following nodes
                linear_1: "f32[4, 6]" = torch.ops.aten.linear.default(arg4_1, arg2_1, arg3_1);  arg4_1 = arg2_1 = arg3_1 = None
                return (linear_1,)
    
Graph signature:
    # inputs
    p_lin_weight: PARAMETER target='lin.weight'
    p_lin_bias: PARAMETER target='lin.bias'
    p_two_weight: PARAMETER target='two.weight'
    p_two_bias: PARAMETER target='two.bias'
    a_0: USER_INPUT
    
    # outputs
    add_1: USER_OUTPUT
    
Range constraints: {}
