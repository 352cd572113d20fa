ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_net_conv1_weight: "f32[32, 1, 3, 3]", p_net_conv1_bias: "f32[32]", p_net_norm1_weight: "f32[32]", p_net_norm1_bias: "f32[32]", p_net_conv2_weight: "f32[64, 32, 3, 3]", p_net_conv2_bias: "f32[64]", p_net_norm2_weight: "f32[64]", p_net_norm2_bias: "f32[64]", p_net_out_weight: "f32[10, 1024]", p_net_out_bias: "f32[10]", b_net_norm1_running_mean: "f32[32]", b_net_norm1_running_var: "f32[32]", b_net_norm1_num_batches_tracked: "i64[]", b_net_norm2_running_mean: "f32[64]", b_net_norm2_running_var: "f32[64]", b_net_norm2_num_batches_tracked: "i64[]", x: "f32[60, 1, 8, 8]"):
            # File: site-packages/torch/nn/modules/conv.py:565 in forward, code: return self._conv_forward(input, self.weight, self.bias)
            conv2d: "f32[60, 32, 8, 8]" = torch.ops.aten.conv2d.default(x, p_net_conv1_weight, p_net_conv1_bias, [1, 1], [1, 1]);  x = p_net_conv1_weight = p_net_conv1_bias = None
    
            # File: site-packages/torch/nn/modules/batchnorm.py:210 in forward, code: return F.batch_norm(
            batch_norm: "f32[60, 32, 8, 8]" = torch.ops.aten.batch_norm.default(conv2d, p_net_norm1_weight, p_net_norm1_bias, b_net_norm1_running_mean, b_net_norm1_running_var, False, 0.1, 1e-05, False);  conv2d = p_net_norm1_weight = p_net_norm1_bias = b_net_norm1_running_mean = b_net_norm1_running_var = None
    
            # File: export.py:31 in forward, code: x = F.relu(self.norm1(self.conv1(x)))
            relu: "f32[60, 32, 8, 8]" = torch.ops.aten.relu.default(batch_norm);  batch_norm = None
    
            # File: site-packages/torch/nn/modules/conv.py:565 in forward, code: return self._conv_forward(input, self.weight, self.bias)
            conv2d_1: "f32[60, 64, 8, 8]" = torch.ops.aten.conv2d.default(relu, p_net_conv2_weight, p_net_conv2_bias, [1, 1], [1, 1]);  relu = p_net_conv2_weight = p_net_conv2_bias = None
    
            # File: site-packages/torch/nn/modules/batchnorm.py:210 in forward, code: return F.batch_norm(
            batch_norm_1: "f32[60, 64, 8, 8]" = torch.ops.aten.batch_norm.default(conv2d_1, p_net_norm2_weight, p_net_norm2_bias, b_net_norm2_running_mean, b_net_norm2_running_var, False, 0.1, 1e-05, False);  conv2d_1 = p_net_norm2_weight = p_net_norm2_bias = b_net_norm2_running_mean = b_net_norm2_running_var = None
    
            # File: export.py:32 in forward, code: x = self.pool(F.relu(self.norm2(self.conv2(x))))
            relu_1: "f32[60, 64, 8, 8]" = torch.ops.aten.relu.default(batch_norm_1);  batch_norm_1 = None
    
            # File: site-packages/torch/nn/modules/pooling.py:224 in forward, code: return F.max_pool2d(
            max_pool2d: "f32[60, 64, 4, 4]" = torch.ops.aten.max_pool2d.default(relu_1, [2, 2], [2, 2]);  relu_1 = None
    
            # File: export.py:33 in forward, code: return self.out(x.flatten(1))
            flatten: "f32[60, 1024]" = torch.ops.aten.flatten.using_ints(max_pool2d, 1);  max_pool2d = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear: "f32[60, 10]" = torch.ops.aten.linear.default(flatten, p_net_out_weight, p_net_out_bias);  flatten = p_net_out_weight = p_net_out_bias = None
            return (linear,)
    
Graph signature:
    # inputs
    p_net_conv1_weight: PARAMETER target='net.conv1.weight'
    p_net_conv1_bias: PARAMETER target='net.conv1.bias'
    p_net_norm1_weight: PARAMETER target='net.norm1.weight'
    p_net_norm1_bias: PARAMETER target='net.norm1.bias'
    p_net_conv2_weight: PARAMETER target='net.conv2.weight'
    p_net_conv2_bias: PARAMETER target='net.conv2.bias'
    p_net_norm2_weight: PARAMETER target='net.norm2.weight'
    p_net_norm2_bias: PARAMETER target='net.norm2.bias'
    p_net_out_weight: PARAMETER target='net.out.weight'
    p_net_out_bias: PARAMETER target='net.out.bias'
    b_net_norm1_running_mean: BUFFER target='net.norm1.running_mean' persistent=True
    b_net_norm1_running_var: BUFFER target='net.norm1.running_var' persistent=True
    b_net_norm1_num_batches_tracked: BUFFER target='net.norm1.num_batches_tracked' persistent=True
    b_net_norm2_running_mean: BUFFER target='net.norm2.running_mean' persistent=True
    b_net_norm2_running_var: BUFFER target='net.norm2.running_var' persistent=True
    b_net_norm2_num_batches_tracked: BUFFER target='net.norm2.num_batches_tracked' persistent=True
    x: USER_INPUT
    
    # outputs
    linear: USER_OUTPUT
    
Range constraints: {}
