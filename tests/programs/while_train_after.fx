ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3]", a_1: "f32[3]"):
            # File: cases.py:56 in <lambda>, code: Z=lambda: torch.zeros((),dtype=torch.int64)
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
    
            # File: cases.py:77 in <lambda>, code: acase('after',lambda x,w:(while_loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),x.exp()))[1]*x).sum(),lambda x,w:(loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),x.exp()))[1]*x).sum(),R(3),R(3))
            exp: "f32[3]" = torch.ops.aten.exp.default(a_0)
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, exp), (a_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = exp = a_1 = None
            getitem: "i64[]" = while_loop[0];  getitem = None
            getitem_1: "f32[3]" = while_loop[1];  while_loop = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(getitem_1, a_0);  getitem_1 = a_0 = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(mul);  mul = None
            return (sum_1,)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
                # File: cases.py:77 in <lambda>, code: acase('after',lambda x,w:(while_loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),x.exp()))[1]*x).sum(),lambda x,w:(loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),x.exp()))[1]*x).sum(),R(3),R(3))
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
                # File: cases.py:77 in <lambda>, code: acase('after',lambda x,w:(while_loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),x.exp()))[1]*x).sum(),lambda x,w:(loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),x.exp()))[1]*x).sum(),R(3),R(3))
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                sin: "f32[3]" = torch.ops.aten.sin.default(arg2_1);  arg2_1 = None
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, sin);  arg1_1 = sin = None
                return (add, mul)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {}
