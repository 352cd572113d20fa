ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]"):
            body_graph_0 = self.body_graph_0
            map_impl = torch.ops.higher_order.map_impl(body_graph_0, [a_0], []);  body_graph_0 = a_0 = None
            getitem: "f32[6, 4]" = map_impl[0];  map_impl = None
            return (getitem,)
    
        class body_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[4]"):
                gt: "b8[4]" = torch.ops.aten.gt.Scalar(a_0, 0)
                index: "f32[u2]" = torch.ops.aten.index.Tensor(a_0, [gt]);  gt = None
                sym_size_int: "Sym(u2)" = torch.ops.aten.sym_size.int(index, 0)
                ge: "Sym(u2 >= 0)" = sym_size_int >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u2 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
                le: "Sym(u2 <= 4)" = sym_size_int <= 4;  sym_size_int = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u2 <= 4 on node 'le'");  le = _assert_scalar_default_1 = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(index);  index = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(sum_1, a_0);  sum_1 = a_0 = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {u0: VR[0, 4], u1: VR[0, 4], u2: VR[0, 4], u3: VR[0, 4]}
