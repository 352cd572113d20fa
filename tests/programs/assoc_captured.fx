ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]", a_1: "f32[4]"):
            # File: cases.py:70 in <lambda>, code: acase('lifted',lambda x,w:associative_scan(lambda a,b:a*b*w,x,0),lambda x,w:seq(lambda a,b:(a[0]*b[0]*w,),(x,)),R(6,4),R(4))
            movedim: "f32[6, 4]" = torch.ops.aten.movedim.int(a_0, 0, 0);  a_0 = None
            select_copy: "f32[4]" = torch.ops.aten.select_copy.int(movedim, 0, 0);  select_copy = None
            associative_scan_combine_graph_0 = self.associative_scan_combine_graph_0
            associative_scan = torch.ops.higher_order.associative_scan(associative_scan_combine_graph_0, [movedim], (a_1,));  associative_scan_combine_graph_0 = movedim = a_1 = None
            getitem: "f32[6, 4]" = associative_scan[0];  associative_scan = None
            movedim_1: "f32[6, 4]" = torch.ops.aten.movedim.int(getitem, 0, 0);  getitem = None
            return (movedim_1,)
    
        class associative_scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4]"):
                # File: cases.py:70 in <lambda>, code: acase('lifted',lambda x,w:associative_scan(lambda a,b:a*b*w,x,0),lambda x,w:seq(lambda a,b:(a[0]*b[0]*w,),(x,)),R(6,4),R(4))
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
                mul_1: "f32[4]" = torch.ops.aten.mul.Tensor(mul, arg2_1);  mul = arg2_1 = None
                return [mul_1]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    movedim_1: USER_OUTPUT
    
Range constraints: {}
