ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[5, 4]"):
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0], []);  body_graph_0 = a_0 = None
            getitem = map_impl[0];  getitem = None
            getitem_1: "f32[5, 4]" = map_impl[1];  map_impl = None
            return (None, getitem_1)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[4]"):
                sin: "f32[4]" = torch.ops.aten.sin.default(a_0);  a_0 = None
                return (None, sin)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    : USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {}
