ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[5, 4]", a_1: "f32[5, 3]", a_2: "f32[4, 2]"):
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0, a_1], [a_2]);  body_graph_0 = a_0 = a_1 = a_2 = None
            getitem: "f32[5, 2]" = map_impl[0]
            getitem_1: "f32[5, 3]" = map_impl[1]
            getitem_2: "f32[5]" = map_impl[2];  map_impl = None
            return (getitem, getitem_1, getitem_2)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[4]", a_1: "f32[3]", a_2: "f32[4, 2]"):
                matmul: "f32[2]" = torch.ops.aten.matmul.default(a_0, a_2);  a_2 = None
                sin: "f32[3]" = torch.ops.aten.sin.default(a_1);  a_1 = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(a_0);  a_0 = None
                return (matmul, sin, sum_1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    getitem_2: USER_OUTPUT
    
Range constraints: {}
