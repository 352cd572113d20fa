ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:238 in write_map_inputs, code: return torch_map(f, x, y)
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0], [a_1], mutated_arg_indices = '0');  body_graph_0 = a_0 = a_1 = None
            getitem: "f32[2, 6]" = map_impl[0];  map_impl = None
            return (getitem,)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[3]", a_1: "f32[6]"):
                # File: effects.py:235 in f, code: r[0] = 5
                select: "f32[]" = torch.ops.aten.select.int(a_0, 0, 0)
                fill_: "f32[]" = torch.ops.aten.fill_.Scalar(select, 5);  select = fill_ = None
    
                # File: effects.py:236 in f, code: return r.sum() * y
                sum_1: "f32[]" = torch.ops.aten.sum.default(a_0);  a_0 = None
                mul: "f32[6]" = torch.ops.aten.mul.Tensor(sum_1, a_1);  sum_1 = a_1 = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
