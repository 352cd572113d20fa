ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]"):
            zeros: "i64[6]" = torch.ops.aten.zeros.default([6], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [zeros], ());  scan_combine_graph_0 = a_0 = zeros = None
            getitem: "f32[4]" = scan[0]
            getitem_1: "f32[6, 4]" = scan[1];  scan = None
            return (getitem, getitem_1)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "i64[]"):
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, 1.5)
                tanh: "f32[4]" = torch.ops.aten.tanh.default(mul);  mul = None
                mul_1: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, 2);  arg0_1 = None
                return [tanh, mul_1]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {}
