ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, c_lifted_tensor_0: "i64[]", a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:211 in write_while_view, code: return while_loop(lambda i, a: i < 3, body, (torch.tensor(0), x))[1]
            lift_fresh_copy: "i64[]" = torch.ops.aten.lift_fresh_copy.default(c_lifted_tensor_0);  c_lifted_tensor_0 = None
            detach_: "i64[]" = torch.ops.aten.detach_.default(lift_fresh_copy);  lift_fresh_copy = None
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (detach_, a_0), (a_1,), mutated_arg_indices = '2');  while_loop_cond_graph_0 = while_loop_body_graph_0 = detach_ = a_0 = a_1 = None
            getitem: "i64[]" = while_loop[0];  getitem = None
            getitem_1: "f32[2, 3]" = while_loop[1];  while_loop = None
            return (getitem_1,)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[2, 3]", arg2_1: "f32[6]"):
                # File: effects.py:211 in <lambda>, code: return while_loop(lambda i, a: i < 3, body, (torch.tensor(0), x))[1]
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[2, 3]", arg2_1: "f32[6]"):
                # File: effects.py:208 in body, code: y[:3].add_(a.sum(0))
                slice_1: "f32[3]" = torch.ops.aten.slice.Tensor(arg2_1, 0, 0, 3)
                sum_1: "f32[3]" = torch.ops.aten.sum.dim_IntList(arg1_1, [0])
                add_: "f32[3]" = torch.ops.aten.add_.Tensor(slice_1, sum_1);  slice_1 = sum_1 = add_ = None
    
                # File: effects.py:209 in body, code: return i + 1, a * y[0]
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                select: "f32[]" = torch.ops.aten.select.int(arg2_1, 0, 0);  arg2_1 = None
                mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(arg1_1, select);  arg1_1 = select = None
                return (add, mul)
    
Graph signature:
    # inputs
    c_lifted_tensor_0: CONSTANT_TENSOR target='lifted_tensor_0'
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem_1: USER_OUTPUT
    
Range constraints: {}
