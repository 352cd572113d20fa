ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3]", a_1: "f32[5, 3]"):
            # File: cases.py:54 in <lambda>, code: case('scan_rev', lambda h,x: scan(lambda c,a:(c*a.sigmoid()+a, c+0), h, x, dim=0, reverse=True), R(3),R(5,3))
            flip: "f32[5, 3]" = torch.ops.aten.flip.default(a_1, [0]);  a_1 = None
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [flip], ());  scan_combine_graph_0 = a_0 = flip = None
            getitem: "f32[3]" = scan[0]
            getitem_1: "f32[5, 3]" = scan[1];  scan = None
            flip_1: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_1, [0]);  getitem_1 = None
            return (getitem, flip_1)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
                # File: cases.py:54 in <lambda>, code: case('scan_rev', lambda h,x: scan(lambda c,a:(c*a.sigmoid()+a, c+0), h, x, dim=0, reverse=True), R(3),R(5,3))
                sigmoid: "f32[3]" = torch.ops.aten.sigmoid.default(arg1_1)
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, sigmoid);  sigmoid = None
                add: "f32[3]" = torch.ops.aten.add.Tensor(mul, arg1_1);  mul = arg1_1 = None
                add_1: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, 0);  arg0_1 = None
                return [add, add_1]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    flip_1: USER_OUTPUT
    
Range constraints: {}
