ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4, 3]", a_1: "f32[3]"):
            # File: cases.py:80 in <lambda>, code: acase('in_map',lambda x,w:hop_map(lambda m,w:while_loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),m*1))[1],x,w),lambda x,w:torch.stack([loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),m))[1] for m in x]),R(4,3),R(3))
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0], [a_1]);  body_graph_0 = a_0 = a_1 = None
            getitem: "f32[4, 3]" = map_impl[0];  map_impl = None
            return (getitem,)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[3]", a_1: "f32[3]"):
                # File: cases.py:56 in <lambda>, code: Z=lambda: torch.zeros((),dtype=torch.int64)
                zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64, device = device(type='cpu'), pin_memory = False)
    
                # File: cases.py:80 in <lambda>, code: acase('in_map',lambda x,w:hop_map(lambda m,w:while_loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),m*1))[1],x,w),lambda x,w:torch.stack([loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),m))[1] for m in x]),R(4,3),R(3))
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(a_0, 1);  a_0 = None
                while_loop_cond_graph_0 = self.while_loop_cond_graph_0
                while_loop_body_graph_0 = self.while_loop_body_graph_0
                while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, mul), (a_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = mul = a_1 = None
                getitem_1: "f32[3]" = while_loop[1];  while_loop = None
                return (getitem_1,)
    
            class while_loop_cond_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
                    # File: cases.py:80 in <lambda>, code: acase('in_map',lambda x,w:hop_map(lambda m,w:while_loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),m*1))[1],x,w),lambda x,w:torch.stack([loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),m))[1] for m in x]),R(4,3),R(3))
                    lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
                    return lt
    
            class while_loop_body_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
                    # File: cases.py:80 in <lambda>, code: acase('in_map',lambda x,w:hop_map(lambda m,w:while_loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),m*1))[1],x,w),lambda x,w:torch.stack([loop(lambda i,y:i<3,lambda i,y:(i+1,y*w.sin()),(Z(),m))[1] for m in x]),R(4,3),R(3))
                    add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                    sin: "f32[3]" = torch.ops.aten.sin.default(arg2_1);  arg2_1 = None
                    mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, sin);  arg1_1 = sin = None
                    return (add, mul)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
