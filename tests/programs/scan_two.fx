ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3]", a_1: "f32[3]", a_2: "f32[5, 3]", a_3: "f32[5, 3]"):
            # File: cases.py:53 in <lambda>, code: case('scan_two', lambda h,k,x,y: scan(lambda c,a:((c[1]*a[0], c[0]+a[1]), c[0]*c[1]), (h,k), (x,y), dim=0)[1], R(3),R(3),R(5,3),R(5,3))
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0, a_1], [a_2, a_3], ());  scan_combine_graph_0 = a_0 = a_1 = a_2 = a_3 = None
            getitem: "f32[3]" = scan[0];  getitem = None
            getitem_1: "f32[3]" = scan[1];  getitem_1 = None
            getitem_2: "f32[5, 3]" = scan[2];  scan = None
            return (getitem_2,)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "f32[3]"):
                # File: cases.py:53 in <lambda>, code: case('scan_two', lambda h,k,x,y: scan(lambda c,a:((c[1]*a[0], c[0]+a[1]), c[0]*c[1]), (h,k), (x,y), dim=0)[1], R(3),R(3),R(5,3),R(5,3))
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, arg2_1);  arg2_1 = None
                add: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, arg3_1);  arg3_1 = None
                mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
                return [mul, add, mul_1]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    a_3: USER_INPUT
    
    # outputs
    getitem_2: USER_OUTPUT
    
Range constraints: {}
