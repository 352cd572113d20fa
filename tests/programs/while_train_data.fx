ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3]", a_1: "f32[3]"):
            # File: cases.py:76 in <lambda>, code: acase('data',lambda x,w:while_loop(lambda y:y.sum()<50,lambda y:(y*y.exp().clamp(max=1.5)+w*w+1,),(x,)),lambda x,w:loop(lambda y:y.sum()<50,lambda y:(y*y.exp().clamp(max=1.5)+w*w+1,),(x,)),R(3),R(3))
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (a_0,), (a_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = a_0 = a_1 = None
            getitem: "f32[3]" = while_loop[0];  while_loop = None
            return (getitem,)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
                # File: cases.py:76 in <lambda>, code: acase('data',lambda x,w:while_loop(lambda y:y.sum()<50,lambda y:(y*y.exp().clamp(max=1.5)+w*w+1,),(x,)),lambda x,w:loop(lambda y:y.sum()<50,lambda y:(y*y.exp().clamp(max=1.5)+w*w+1,),(x,)),R(3),R(3))
                sum_1: "f32[]" = torch.ops.aten.sum.default(arg0_1);  arg0_1 = None
                lt: "b8[]" = torch.ops.aten.lt.Scalar(sum_1, 50);  sum_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
                # File: cases.py:76 in <lambda>, code: acase('data',lambda x,w:while_loop(lambda y:y.sum()<50,lambda y:(y*y.exp().clamp(max=1.5)+w*w+1,),(x,)),lambda x,w:loop(lambda y:y.sum()<50,lambda y:(y*y.exp().clamp(max=1.5)+w*w+1,),(x,)),R(3),R(3))
                exp: "f32[3]" = torch.ops.aten.exp.default(arg0_1)
                clamp: "f32[3]" = torch.ops.aten.clamp.default(exp, None, 1.5);  exp = None
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, clamp);  arg0_1 = clamp = None
                mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, arg1_1);  arg1_1 = None
                add: "f32[3]" = torch.ops.aten.add.Tensor(mul, mul_1);  mul = mul_1 = None
                add_1: "f32[3]" = torch.ops.aten.add.Tensor(add, 1);  add = None
                return (add_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
