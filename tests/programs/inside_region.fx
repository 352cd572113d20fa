ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[6, 4]"):
            repeated_subgraph0 = self.repeated_subgraph0
            invoke_subgraph = torch.ops.higher_order.invoke_subgraph(repeated_subgraph0, 'subgraph_0', a_0);  repeated_subgraph0 = None
            getitem: "f32[6, 4]" = invoke_subgraph[0];  invoke_subgraph = None
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(a_0, -1);  a_0 = None
            repeated_subgraph0_1 = self.repeated_subgraph0
            invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(repeated_subgraph0_1, 'subgraph_0', mul);  repeated_subgraph0_1 = mul = None
            getitem_1: "f32[6, 4]" = invoke_subgraph_1[0];  invoke_subgraph_1 = None
            add: "f32[6, 4]" = torch.ops.aten.add.Tensor(getitem, getitem_1);  getitem = getitem_1 = None
            return (add,)
    
        class repeated_subgraph0(torch.nn.Module):
            def forward(self, arg0_1: "f32[6, 4]"):
                gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(arg0_1, 0)
                index: "f32[u2]" = torch.ops.aten.index.Tensor(arg0_1, [gt]);  gt = None
                sym_size_int_1: "Sym(u2)" = torch.ops.aten.sym_size.int(index, 0)
    
                ge_1: "Sym(u2 >= 0)" = sym_size_int_1 >= 0
    
                _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u2 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default_2 = None
    
                le_1: "Sym(u2 <= 24)" = sym_size_int_1 <= 24;  sym_size_int_1 = None
    
                _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u2 <= 24 on node 'le_1'");  le_1 = _assert_scalar_default_3 = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(index);  index = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(sum_1, arg0_1);  sum_1 = arg0_1 = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {u0: VR[0, 24], u1: VR[0, 24], u2: VR[0, 24], u3: VR[0, 24]}
