ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[5, 4]"):
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [a_1], ());  scan_combine_graph_0 = a_0 = a_1 = None
            getitem: "f32[4]" = scan[0]
            getitem_1 = scan[1];  getitem_1 = None
            getitem_2: "f32[5, 4]" = scan[2];  scan = None
            return (getitem, None, getitem_2)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]"):
                add: "f32[4]" = torch.ops.aten.add.Tensor(arg0_1, arg1_1)
                tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
                return [tanh, None, mul]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    : USER_OUTPUT
    getitem_2: USER_OUTPUT
    
Range constraints: {}
