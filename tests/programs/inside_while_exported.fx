ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, c_lifted_tensor_0: "i64[]", a_0: "f32[6, 4]"):
            lift_fresh_copy: "i64[]" = torch.ops.aten.lift_fresh_copy.default(c_lifted_tensor_0);  c_lifted_tensor_0 = None
            detach_: "i64[]" = torch.ops.aten.detach_.default(lift_fresh_copy);  lift_fresh_copy = None
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (detach_, a_0), ());  while_loop_cond_graph_0 = while_loop_body_graph_0 = detach_ = a_0 = None
            getitem: "i64[]" = while_loop[0]
            getitem_1: "f32[6, 4]" = while_loop[1];  while_loop = None
            return (getitem, getitem_1)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[6, 4]"):
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[6, 4]"):
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(arg1_1, 0)
                index: "f32[u2]" = torch.ops.aten.index.Tensor(arg1_1, [gt]);  gt = None
                sym_size_int: "Sym(u2)" = torch.ops.aten.sym_size.int(index, 0)
                ge: "Sym(u2 >= 0)" = sym_size_int >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u2 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(u2 <= 24)" = sym_size_int <= 24;  sym_size_int = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u2 <= 24 on node 'le'");  le = _assert_scalar_default_1 = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(index);  index = None
                add_1: "f32[6, 4]" = torch.ops.aten.add.Tensor(arg1_1, sum_1);  arg1_1 = sum_1 = None
                return (add, add_1)
    
Graph signature:
    # inputs
    c_lifted_tensor_0: CONSTANT_TENSOR target='lifted_tensor_0'
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24], u1: VR[0, 24], u2: VR[0, 24], u3: VR[0, 24]}
