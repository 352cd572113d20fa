ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3]", a_1: "f32[3, 5]"):
            # File: cases.py:55 in <lambda>, code: case('scan_dim1', lambda h,x: scan(lambda c,a:(c*a.sigmoid()+a, c*2), h, x, dim=1), R(3),R(3,5))
            movedim: "f32[5, 3]" = torch.ops.aten.movedim.int(a_1, 1, 0);  a_1 = None
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [movedim], ());  scan_combine_graph_0 = a_0 = movedim = None
            getitem: "f32[3]" = scan[0]
            getitem_1: "f32[5, 3]" = scan[1];  scan = None
            movedim_1: "f32[3, 5]" = torch.ops.aten.movedim.int(getitem_1, 0, 1);  getitem_1 = None
            return (getitem, movedim_1)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
                # File: cases.py:55 in <lambda>, code: case('scan_dim1', lambda h,x: scan(lambda c,a:(c*a.sigmoid()+a, c*2), h, x, dim=1), R(3),R(3,5))
                sigmoid: "f32[3]" = torch.ops.aten.sigmoid.default(arg1_1)
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, sigmoid);  sigmoid = None
                add: "f32[3]" = torch.ops.aten.add.Tensor(mul, arg1_1);  mul = arg1_1 = None
                mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, 2);  arg0_1 = None
                return [add, mul_1]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    movedim_1: USER_OUTPUT
    
Range constraints: {}
