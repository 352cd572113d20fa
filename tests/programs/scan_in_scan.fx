ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[3, 5, 4]", a_2: "f32[4]"):
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [a_1], (a_2,));  scan_combine_graph_0 = a_0 = a_1 = a_2 = None
            getitem: "f32[4]" = scan[0]
            getitem_1: "f32[3, 4]" = scan[1];  scan = None
            return (getitem, getitem_1)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[5, 4]", arg2_1: "f32[4]"):
                scan_combine_graph_0 = self.scan_combine_graph_0
                scan = torch.ops.higher_order.scan(scan_combine_graph_0, [arg0_1], [arg1_1], (arg2_1,));  scan_combine_graph_0 = arg1_1 = arg2_1 = None
                getitem: "f32[4]" = scan[0];  scan = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, 2);  arg0_1 = None
                return [getitem, mul]
    
            class scan_combine_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4]"):
                    mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg1_1 = None
                    add: "f32[4]" = torch.ops.aten.add.Tensor(mul, arg2_1);  mul = arg2_1 = None
                    tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
                    sum_1: "f32[]" = torch.ops.aten.sum.default(arg0_1);  arg0_1 = None
                    return [tanh, sum_1]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {}
