ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "i64[]", a_2: "b8[]", a_3: "f32[5, 4]"):
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0, a_1, a_2], [a_3], ());  scan_combine_graph_0 = a_0 = a_1 = a_2 = a_3 = None
            getitem: "f32[4]" = scan[0]
            getitem_1: "i64[]" = scan[1]
            getitem_2: "b8[]" = scan[2]
            getitem_3: "f32[5, 4]" = scan[3];  scan = None
            return (getitem, getitem_1, getitem_2, getitem_3)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "i64[]", arg2_1: "b8[]", arg3_1: "f32[4]"):
                add: "f32[4]" = torch.ops.aten.add.Tensor(arg0_1, arg3_1)
                tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(tanh, arg1_1);  tanh = None
                add_1: "i64[]" = torch.ops.aten.add.Tensor(arg1_1, 1);  arg1_1 = None
                bitwise_not: "b8[]" = torch.ops.aten.bitwise_not.default(arg2_1)
                where: "f32[4]" = torch.ops.aten.where.self(arg2_1, arg3_1, arg0_1);  arg2_1 = arg3_1 = arg0_1 = None
                return [mul, add_1, bitwise_not, where]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    a_3: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    getitem_2: USER_OUTPUT
    getitem_3: USER_OUTPUT
    
Range constraints: {}
