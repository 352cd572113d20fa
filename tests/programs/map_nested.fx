ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 2, 3]", a_1: "f32[3]"):
            # File: cases.py:51 in <lambda>, code: case('map_nested', lambda x,w: hop_map(lambda a,w:hop_map(lambda b,w:b*w.sin(), a, w), x, w), R(6,2,3),R(3))
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0], [a_1]);  body_graph_0 = a_0 = a_1 = None
            getitem: "f32[6, 2, 3]" = map_impl[0];  map_impl = None
            return (getitem,)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[2, 3]", a_1: "f32[3]"):
                # File: cases.py:51 in <lambda>, code: case('map_nested', lambda x,w: hop_map(lambda a,w:hop_map(lambda b,w:b*w.sin(), a, w), x, w), R(6,2,3),R(3))
                body_graph_0 = self.body_graph_0
                map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0], [a_1]);  body_graph_0 = a_0 = a_1 = None
                getitem: "f32[2, 3]" = map_impl[0];  map_impl = None
                return (getitem,)
    
            class body_graph_0(torch.nn.Module):
                def forward(self, a_0: "f32[3]", a_1: "f32[3]"):
                    # File: cases.py:51 in <lambda>, code: case('map_nested', lambda x,w: hop_map(lambda a,w:hop_map(lambda b,w:b*w.sin(), a, w), x, w), R(6,2,3),R(3))
                    sin: "f32[3]" = torch.ops.aten.sin.default(a_1);  a_1 = None
                    mul: "f32[3]" = torch.ops.aten.mul.Tensor(a_0, sin);  a_0 = sin = None
                    return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
