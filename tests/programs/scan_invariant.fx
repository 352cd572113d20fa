ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[6, 4]", a_2: "f32[4, 4]"):
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [a_1], (a_2,));  scan_combine_graph_0 = a_0 = a_1 = a_2 = None
            getitem: "f32[4]" = scan[0]
            getitem_1: "f32[6, 4]" = scan[1];  scan = None
            return (getitem, getitem_1)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4, 4]"):
                softmax: "f32[4, 4]" = torch.ops.aten.softmax.int(arg2_1, 0)
                matmul: "f32[4]" = torch.ops.aten.matmul.default(arg0_1, softmax);  softmax = None
                add: "f32[4]" = torch.ops.aten.add.Tensor(matmul, arg1_1);  matmul = arg1_1 = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
                mul: "f32[4, 4]" = torch.ops.aten.mul.Tensor(arg2_1, arg2_1);  arg2_1 = None
                exp: "f32[4, 4]" = torch.ops.aten.exp.default(mul);  mul = None
                matmul_1: "f32[4]" = torch.ops.aten.matmul.default(arg0_1, exp);  arg0_1 = exp = None
                return [tanh, matmul_1]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {}
