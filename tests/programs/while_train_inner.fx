ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3]", a_1: "f32[3]"):
            # File: cases.py:56 in <lambda>, code: Z=lambda: torch.zeros((),dtype=torch.int64)
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
    
            # File: cases.py:79 in <lambda>, code: acase('inner',lambda x,w:while_loop(lambda i,y:i<2,lambda i,y:(i+1,while_loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],lambda x,w:loop(lambda i,y:i<2,lambda i,y:(i+1,loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],R(3),R(3))
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, a_0), (a_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = a_0 = a_1 = None
            getitem: "i64[]" = while_loop[0];  getitem = None
            getitem_1: "f32[3]" = while_loop[1];  while_loop = None
            return (getitem_1,)
    
        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
                # File: cases.py:79 in <lambda>, code: acase('inner',lambda x,w:while_loop(lambda i,y:i<2,lambda i,y:(i+1,while_loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],lambda x,w:loop(lambda i,y:i<2,lambda i,y:(i+1,loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],R(3),R(3))
                lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 2);  arg0_1 = None
                return lt
    
        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
                # File: cases.py:79 in <lambda>, code: acase('inner',lambda x,w:while_loop(lambda i,y:i<2,lambda i,y:(i+1,while_loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],lambda x,w:loop(lambda i,y:i<2,lambda i,y:(i+1,loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],R(3),R(3))
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1)
    
                # File: cases.py:56 in <lambda>, code: Z=lambda: torch.zeros((),dtype=torch.int64)
                zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
    
                # File: cases.py:79 in <lambda>, code: acase('inner',lambda x,w:while_loop(lambda i,y:i<2,lambda i,y:(i+1,while_loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],lambda x,w:loop(lambda i,y:i<2,lambda i,y:(i+1,loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],R(3),R(3))
                while_loop_cond_graph_0 = self.while_loop_cond_graph_0
                while_loop_body_graph_0 = self.while_loop_body_graph_0
                while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, arg1_1), (arg0_1, arg2_1));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = arg1_1 = arg0_1 = arg2_1 = None
                getitem_1: "f32[3]" = while_loop[1];  while_loop = None
                return (add, getitem_1)
    
            class while_loop_cond_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "i64[]", arg3_1: "f32[3]"):
                    # File: cases.py:79 in <lambda>, code: acase('inner',lambda x,w:while_loop(lambda i,y:i<2,lambda i,y:(i+1,while_loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],lambda x,w:loop(lambda i,y:i<2,lambda i,y:(i+1,loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],R(3),R(3))
                    add: "i64[]" = torch.ops.aten.add.Tensor(arg2_1, 2);  arg2_1 = None
                    lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, add);  arg0_1 = add = None
                    return lt
    
            class while_loop_body_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "i64[]", arg3_1: "f32[3]"):
                    # File: cases.py:79 in <lambda>, code: acase('inner',lambda x,w:while_loop(lambda i,y:i<2,lambda i,y:(i+1,while_loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],lambda x,w:loop(lambda i,y:i<2,lambda i,y:(i+1,loop(lambda j,z:j<i+2,lambda j,z:(j+1,z*w.sin()+1),(Z(),y))[1]),(Z(),x))[1],R(3),R(3))
                    add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                    sin: "f32[3]" = torch.ops.aten.sin.default(arg3_1);  arg3_1 = None
                    mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, sin);  arg1_1 = sin = None
                    add_1: "f32[3]" = torch.ops.aten.add.Tensor(mul, 1);  mul = None
                    return (add, add_1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem_1: USER_OUTPUT
    
Range constraints: {}
