ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 3]", a_1: "f32[4, s6, 3]", a_2: "f32[3, 3]"):
            # File: cases.py:9 in <lambda>, code: dyn('dyn_scan',lambda h,x,w: scan(lambda c,a:((c@w+a).tanh(), c*1), h, x, dim=0),({0:B},{1:B},None),R(5,3),R(4,5,3),R(3,3))
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [a_1], (a_2,));  scan_combine_graph_0 = a_0 = a_1 = a_2 = None
            getitem: "f32[s6, 3]" = scan[0]
            getitem_1: "f32[4, s6, 3]" = scan[1];  scan = None
            return (getitem, getitem_1)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[s6, 3]", arg1_1: "f32[s6, 3]", arg2_1: "f32[3, 3]"):
                # File: cases.py:9 in <lambda>, code: dyn('dyn_scan',lambda h,x,w: scan(lambda c,a:((c@w+a).tanh(), c*1), h, x, dim=0),({0:B},{1:B},None),R(5,3),R(4,5,3),R(3,3))
                matmul: "f32[s6, 3]" = torch.ops.aten.matmul.default(arg0_1, arg2_1);  arg2_1 = None
                add: "f32[s6, 3]" = torch.ops.aten.add.Tensor(matmul, arg1_1);  matmul = arg1_1 = None
                tanh: "f32[s6, 3]" = torch.ops.aten.tanh.default(add);  add = None
                mul: "f32[s6, 3]" = torch.ops.aten.mul.Tensor(arg0_1, 1);  arg0_1 = None
                return [tanh, mul]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {s6: VR[2, 64]}
