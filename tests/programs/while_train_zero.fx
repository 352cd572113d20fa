ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3]", a_1: "f32[3]"):
            # File: cases.py:56 in <lambda>, code: Z=lambda: torch.zeros((),dtype=torch.int64)
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
    
            # File: cases.py:66 in <lambda>, code: lambda *a:while_loop(lambda i,*y:i<n,lambda i,*y:(i+1,*body(i,y,a)),(Z(),*init(a[0])))[1:],
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, a_0), (a_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = a_0 = a_1 = None
            getitem: "i64[]" = while_loop[0];  getitem = None
            getitem_1: "f32[3]" = while_loop[1];  while_loop = None
            return (getitem_1,)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
                # File: cases.py:66 in <lambda>, code: lambda *a:while_loop(lambda i,*y:i<n,lambda i,*y:(i+1,*body(i,y,a)),(Z(),*init(a[0])))[1:],
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 0);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
                # File: cases.py:66 in <lambda>, code: lambda *a:while_loop(lambda i,*y:i<n,lambda i,*y:(i+1,*body(i,y,a)),(Z(),*init(a[0])))[1:],
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
    
                # File: cases.py:69 in <lambda>, code: W('zero',0,lambda i,y,a:((y[0]*a[1]).tanh()+1,),R(3),R(3))
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, arg2_1);  arg1_1 = arg2_1 = None
                tanh: "f32[3]" = torch.ops.aten.tanh.default(mul);  mul = None
                add_1: "f32[3]" = torch.ops.aten.add.Tensor(tanh, 1);  tanh = None
                return (add, add_1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem_1: USER_OUTPUT
    
Range constraints: {}
