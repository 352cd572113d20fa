ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 4]", a_1: "f32[2, 4]", a_2: "f32[5, 2, 3]", a_3: "f32[3, 16]", a_4: "f32[4, 16]"):
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0, a_1], [a_2], (a_3, a_4));  scan_combine_graph_0 = a_0 = a_1 = a_2 = a_3 = a_4 = None
            getitem: "f32[2, 4]" = scan[0]
            getitem_1: "f32[2, 4]" = scan[1]
            getitem_2: "f32[5, 2, 4]" = scan[2];  scan = None
            return (getitem, getitem_1, getitem_2)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[2, 4]", arg1_1: "f32[2, 4]", arg2_1: "f32[2, 3]", arg3_1: "f32[3, 16]", arg4_1: "f32[4, 16]"):
                matmul: "f32[2, 16]" = torch.ops.aten.matmul.default(arg2_1, arg3_1);  arg2_1 = arg3_1 = None
                matmul_1: "f32[2, 16]" = torch.ops.aten.matmul.default(arg0_1, arg4_1);  arg0_1 = arg4_1 = None
                add: "f32[2, 16]" = torch.ops.aten.add.Tensor(matmul, matmul_1);  matmul = matmul_1 = None
                chunk = torch.ops.aten.chunk.default(add, 4, -1);  add = None
                getitem: "f32[2, 4]" = chunk[0]
                getitem_1: "f32[2, 4]" = chunk[1]
                getitem_2: "f32[2, 4]" = chunk[2]
                getitem_3: "f32[2, 4]" = chunk[3];  chunk = None
                sigmoid: "f32[2, 4]" = torch.ops.aten.sigmoid.default(getitem);  getitem = None
                mul: "f32[2, 4]" = torch.ops.aten.mul.Tensor(sigmoid, arg1_1);  sigmoid = arg1_1 = None
                sigmoid_1: "f32[2, 4]" = torch.ops.aten.sigmoid.default(getitem_1);  getitem_1 = None
                tanh: "f32[2, 4]" = torch.ops.aten.tanh.default(getitem_2);  getitem_2 = None
                mul_1: "f32[2, 4]" = torch.ops.aten.mul.Tensor(sigmoid_1, tanh);  sigmoid_1 = tanh = None
                add_1: "f32[2, 4]" = torch.ops.aten.add.Tensor(mul, mul_1);  mul = mul_1 = None
                sigmoid_2: "f32[2, 4]" = torch.ops.aten.sigmoid.default(getitem_3);  getitem_3 = None
                tanh_1: "f32[2, 4]" = torch.ops.aten.tanh.default(add_1)
                mul_2: "f32[2, 4]" = torch.ops.aten.mul.Tensor(sigmoid_2, tanh_1);  sigmoid_2 = tanh_1 = None
                tanh_2: "f32[2, 4]" = torch.ops.aten.tanh.default(add_1)
                return [mul_2, add_1, tanh_2]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    a_3: USER_INPUT
    a_4: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    getitem_2: USER_OUTPUT
    
Range constraints: {}
