ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, c_lifted_tensor_0: "i64[]", a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:196 in write_while, code: buffer = torch.zeros(3)
            zeros: "f32[3]" = torch.ops.aten.zeros.default([3], device = device(type='cpu'), pin_memory = False)
    
            # File: effects.py:202 in write_while, code: r = while_loop(lambda i, a: i < 4, body, (torch.tensor(0), x))
            lift_fresh_copy: "i64[]" = torch.ops.aten.lift_fresh_copy.default(c_lifted_tensor_0);  c_lifted_tensor_0 = None
            detach_: "i64[]" = torch.ops.aten.detach_.default(lift_fresh_copy);  lift_fresh_copy = None
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (detach_, a_0), (zeros,), mutated_arg_indices = '2');  while_loop_cond_graph_0 = while_loop_body_graph_0 = detach_ = a_0 = None
            getitem: "i64[]" = while_loop[0];  getitem = None
            getitem_1: "f32[2, 3]" = while_loop[1];  while_loop = None
            return (getitem_1, zeros)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[2, 3]", arg2_1: "f32[3]"):
                # File: effects.py:202 in <lambda>, code: r = while_loop(lambda i, a: i < 4, body, (torch.tensor(0), x))
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 4);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[2, 3]", arg2_1: "f32[3]"):
                # File: effects.py:199 in body, code: buffer.add_(a.sum(0))
                sum_1: "f32[3]" = torch.ops.aten.sum.dim_IntList(arg1_1, [0])
                add_: "f32[3]" = torch.ops.aten.add_.Tensor(arg2_1, sum_1);  arg2_1 = sum_1 = add_ = None
    
                # File: effects.py:200 in body, code: return i + 1, a * 0.5
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(arg1_1, 0.5);  arg1_1 = None
                return (add, mul)
    
Graph signature:
    # inputs
    c_lifted_tensor_0: CONSTANT_TENSOR target='lifted_tensor_0'
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem_1: USER_OUTPUT
    zeros: USER_OUTPUT
    
Range constraints: {}
