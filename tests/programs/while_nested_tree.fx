ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]"):
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
            mul: "f32[4]" = torch.ops.aten.mul.Tensor(a_0, 2)
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, a_0, mul), ());  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = a_0 = mul = None
            getitem: "i64[]" = while_loop[0]
            getitem_1: "f32[4]" = while_loop[1]
            getitem_2: "f32[4]" = while_loop[2];  while_loop = None
            return (getitem, getitem_1, getitem_2)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[4]", arg2_1: "f32[4]"):
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[4]", arg2_1: "f32[4]"):
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                add_1: "f32[4]" = torch.ops.aten.add.Tensor(arg1_1, arg2_1);  arg1_1 = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(add_1);  add_1 = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg2_1, 1.2);  arg2_1 = None
                return (add, tanh, mul)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    getitem_2: USER_OUTPUT
    
Range constraints: {}
