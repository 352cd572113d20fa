ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s27, 3]", a_1: "f32[s27, 3]"):
            movedim: "f32[s27, 3]" = torch.ops.aten.movedim.int(a_0, 0, 0);  a_0 = None
            movedim_1: "f32[s27, 3]" = torch.ops.aten.movedim.int(a_1, 0, 0);  a_1 = None
            select_copy: "f32[3]" = torch.ops.aten.select_copy.int(movedim, 0, 0);  select_copy = None
            select_copy_1: "f32[3]" = torch.ops.aten.select_copy.int(movedim_1, 0, 0);  select_copy_1 = None
            associative_scan_combine_graph_0 = self.associative_scan_combine_graph_0
            associative_scan = torch.ops.higher_order.associative_scan(associative_scan_combine_graph_0, [movedim, movedim_1], ());  associative_scan_combine_graph_0 = movedim = movedim_1 = None
            getitem: "f32[s27, 3]" = associative_scan[0]
            getitem_1: "f32[s27, 3]" = associative_scan[1];  associative_scan = None
            movedim_2: "f32[s27, 3]" = torch.ops.aten.movedim.int(getitem, 0, 0);  getitem = None
            movedim_3: "f32[s27, 3]" = torch.ops.aten.movedim.int(getitem_1, 0, 0);  getitem_1 = None
            return (movedim_2, movedim_3)
    
        class associative_scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "f32[3]"):
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg2_1);  arg0_1 = None
                mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, arg2_1);  arg1_1 = arg2_1 = None
                add: "f32[3]" = torch.ops.aten.add.Tensor(mul_1, arg3_1);  mul_1 = arg3_1 = None
                return [mul, add]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    movedim_2: USER_OUTPUT
    movedim_3: USER_OUTPUT
    
Range constraints: {s27: VR[2, 64]}
