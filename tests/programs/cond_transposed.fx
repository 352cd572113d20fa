ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4, 4]", a_1: "f32[4, 4]"):
            # File: cases.py:45 in <lambda>, code: case('cond_transposed', lambda x,y: cond(x.sum()>-1e6, lambda a,b:(a.t()@b,), lambda a,b:(a.t()*b,), (x.t(),y)), R(4,4),R(4,4))
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, -1000000.0);  sum_1 = None
            t: "f32[4, 4]" = torch.ops.aten.t.default(a_0);  a_0 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_1, t));  gt = true_graph_0 = false_graph_0 = a_1 = t = None
            getitem: "f32[4, 4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_1: "f32[4, 4]", t: "f32[4, 4]"):
                # File: cases.py:45 in <lambda>, code: case('cond_transposed', lambda x,y: cond(x.sum()>-1e6, lambda a,b:(a.t()@b,), lambda a,b:(a.t()*b,), (x.t(),y)), R(4,4),R(4,4))
                t_1: "f32[4, 4]" = torch.ops.aten.t.default(t);  t = None
                matmul: "f32[4, 4]" = torch.ops.aten.matmul.default(t_1, a_1);  t_1 = a_1 = None
                return (matmul,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_1: "f32[4, 4]", t: "f32[4, 4]"):
                # File: cases.py:45 in <lambda>, code: case('cond_transposed', lambda x,y: cond(x.sum()>-1e6, lambda a,b:(a.t()@b,), lambda a,b:(a.t()*b,), (x.t(),y)), R(4,4),R(4,4))
                t_1: "f32[4, 4]" = torch.ops.aten.t.default(t);  t = None
                mul: "f32[4, 4]" = torch.ops.aten.mul.Tensor(t_1, a_1);  t_1 = a_1 = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
