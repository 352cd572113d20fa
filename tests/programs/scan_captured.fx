ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[5, 4]", a_2: "f32[4, 4]", a_3: "f32[4]", a_4: "f32[4]"):
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [a_1], (a_2, a_4, a_3));  scan_combine_graph_0 = a_0 = a_1 = a_2 = a_4 = a_3 = None
            getitem: "f32[4]" = scan[0]
            getitem_1: "f32[5, 4]" = scan[1];  scan = None
            return (getitem, getitem_1)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4]", arg4_1: "f32[4]"):
                matmul: "f32[4]" = torch.ops.aten.matmul.default(arg0_1, arg2_1);  arg2_1 = None
                add: "f32[4]" = torch.ops.aten.add.Tensor(matmul, arg1_1);  matmul = arg1_1 = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
                detach: "f32[4]" = torch.ops.aten.detach.default(arg3_1);  arg3_1 = None
                add_1: "f32[4]" = torch.ops.aten.add.Tensor(tanh, detach);  tanh = detach = None
                sigmoid: "f32[4]" = torch.ops.aten.sigmoid.default(arg4_1);  arg4_1 = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, sigmoid);  arg0_1 = sigmoid = None
                return [add_1, mul]
    
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
    
Range constraints: {}
