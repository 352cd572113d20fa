ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:224 in write_map, code: z = x.clone()
            clone: "f32[2, 3]" = torch.ops.aten.clone.default(a_0);  a_0 = None
    
            # File: effects.py:230 in write_map, code: return torch_map(f, z, y), z
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [clone], [a_1], mutated_arg_indices = '0');  body_graph_0 = a_1 = None
            getitem: "f32[2, 6]" = map_impl[0];  map_impl = None
            return (getitem, clone)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, clone: "f32[3]", a_1: "f32[6]"):
                # File: effects.py:227 in f, code: r.mul_(2)
                mul_: "f32[3]" = torch.ops.aten.mul_.Tensor(clone, 2);  clone = None
    
                # File: effects.py:228 in f, code: return r.sum() * y
                sum_1: "f32[]" = torch.ops.aten.sum.default(mul_);  mul_ = None
                mul: "f32[6]" = torch.ops.aten.mul.Tensor(sum_1, a_1);  sum_1 = a_1 = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    clone: USER_OUTPUT
    
Range constraints: {}
