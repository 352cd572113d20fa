ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[]", a_2: "f32[4, 5]", a_3: "f32[4, 5]"):
            movedim: "f32[5, 4]" = torch.ops.aten.movedim.int(a_2, 1, 0);  a_2 = None
            movedim_1: "f32[5, 4]" = torch.ops.aten.movedim.int(a_3, 1, 0);  a_3 = None
            flip: "f32[5, 4]" = torch.ops.aten.flip.default(movedim, [0]);  movedim = None
            flip_1: "f32[5, 4]" = torch.ops.aten.flip.default(movedim_1, [0]);  movedim_1 = None
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0, a_1], [flip, flip_1], ());  scan_combine_graph_0 = a_0 = a_1 = flip = flip_1 = None
            getitem: "f32[4]" = scan[0]
            getitem_1: "f32[]" = scan[1]
            getitem_2: "f32[5, 4]" = scan[2]
            getitem_3: "f32[5, 4]" = scan[3]
            getitem_4: "f32[5, 4]" = scan[4];  scan = None
            flip_2: "f32[5, 4]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
            flip_3: "f32[5, 4]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
            flip_4: "f32[5, 4]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
            movedim_2: "f32[4, 5]" = torch.ops.aten.movedim.int(flip_2, 0, 1);  flip_2 = None
            movedim_3: "f32[4, 5]" = torch.ops.aten.movedim.int(flip_3, 0, 1);  flip_3 = None
            movedim_4: "f32[4, 5]" = torch.ops.aten.movedim.int(flip_4, 0, 1);  flip_4 = None
            return (getitem, getitem_1, movedim_2, movedim_3, movedim_4)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[]", arg2_1: "f32[4]", arg3_1: "f32[4]"):
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg2_1, arg3_1);  arg3_1 = None
                add: "f32[4]" = torch.ops.aten.add.Tensor(arg0_1, mul);  arg0_1 = mul = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
    
                sum_1: "f32[]" = torch.ops.aten.sum.default(tanh)
                add_1: "f32[]" = torch.ops.aten.add.Tensor(arg1_1, sum_1);  arg1_1 = sum_1 = None
                mul_1: "f32[4]" = torch.ops.aten.mul.Tensor(tanh, 2)
                sin: "f32[4]" = torch.ops.aten.sin.default(tanh)
                cos: "f32[4]" = torch.ops.aten.cos.default(arg2_1);  arg2_1 = None
                return [tanh, add_1, mul_1, sin, cos]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    a_3: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    movedim_2: USER_OUTPUT
    movedim_3: USER_OUTPUT
    movedim_4: USER_OUTPUT
    
Range constraints: {}
