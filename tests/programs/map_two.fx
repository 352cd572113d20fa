ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4, 3]", a_1: "f32[4, 5]", a_2: "f32[3, 5]"):
            # File: cases.py:47 in <lambda>, code: case('map_two', lambda x,y,w: hop_map(lambda xs,w:(xs[0]@w+xs[1], xs[1].sum()*w.sum()), (x,y), w), R(4,3),R(4,5),R(3,5))
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0, a_1], [a_2]);  body_graph_0 = a_0 = a_1 = a_2 = None
            getitem: "f32[4, 5]" = map_impl[0]
            getitem_1: "f32[4]" = map_impl[1];  map_impl = None
            return (getitem, getitem_1)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[3]", a_1: "f32[5]", a_2: "f32[3, 5]"):
                # File: cases.py:47 in <lambda>, code: case('map_two', lambda x,y,w: hop_map(lambda xs,w:(xs[0]@w+xs[1], xs[1].sum()*w.sum()), (x,y), w), R(4,3),R(4,5),R(3,5))
                matmul: "f32[5]" = torch.ops.aten.matmul.default(a_0, a_2);  a_0 = None
                add: "f32[5]" = torch.ops.aten.add.Tensor(matmul, a_1);  matmul = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(a_1);  a_1 = None
                sum_2: "f32[]" = torch.ops.aten.sum.default(a_2);  a_2 = None
                mul: "f32[]" = torch.ops.aten.mul.Tensor(sum_1, sum_2);  sum_1 = sum_2 = None
                return (add, mul)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {}
