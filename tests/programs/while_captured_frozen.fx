ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 4]", a_1: "f32[4, 4]", a_2: "f32[4]"):
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, a_0), (a_1, a_2));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = a_0 = a_1 = a_2 = None
            getitem: "i64[]" = while_loop[0]
            getitem_1: "f32[2, 4]" = while_loop[1];  while_loop = None
            return (getitem, getitem_1)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[2, 4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4]"):
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[2, 4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4]"):
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                matmul: "f32[2, 4]" = torch.ops.aten.matmul.default(arg1_1, arg2_1);  arg1_1 = arg2_1 = None
                tanh: "f32[2, 4]" = torch.ops.aten.tanh.default(matmul);  matmul = None
                add_1: "f32[2, 4]" = torch.ops.aten.add.Tensor(tanh, arg3_1);  tanh = arg3_1 = None
                return (add, add_1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {}
