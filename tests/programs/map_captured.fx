ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[5, 4]", a_1: "f32[4, 4]", a_2: "f32[4]"):
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0], [a_1, a_2]);  body_graph_0 = a_0 = a_1 = a_2 = None
            getitem: "f32[5, 4]" = map_impl[0];  map_impl = None
            return (getitem,)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[4]", a_1: "f32[4, 4]", a_2: "f32[4]"):
                matmul: "f32[4]" = torch.ops.aten.matmul.default(a_0, a_1);  a_0 = a_1 = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(matmul);  matmul = None
                sigmoid: "f32[4]" = torch.ops.aten.sigmoid.default(a_2);  a_2 = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(tanh, sigmoid);  tanh = sigmoid = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
