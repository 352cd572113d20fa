ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[s6, 4]", a_1: "f32[4, 4]"):
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0], [a_1]);  body_graph_0 = a_0 = a_1 = None
            getitem: "f32[s6, 4]" = map_impl[0];  map_impl = None
            return (getitem,)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[4]", a_1: "f32[4, 4]"):
                matmul: "f32[4]" = torch.ops.aten.matmul.default(a_0, a_1);  a_0 = a_1 = None
                exp: "f32[4]" = torch.ops.aten.exp.default(matmul);  matmul = None
                softmax: "f32[4]" = torch.ops.aten.softmax.int(exp, -1);  exp = None
                return (softmax,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {s6: VR[0, int_oo]}
