ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[5, 4]"):
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0,));  gt = true_graph_0 = false_graph_0 = a_0 = None
            getitem: "f32[5, 4]" = cond[0]
            getitem_1 = cond[1];  cond = getitem_1 = None
            return (getitem, 1)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[5, 4]"):
                sin: "f32[5, 4]" = torch.ops.aten.sin.default(a_0);  a_0 = None
                return (sin, 1)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[5, 4]"):
                cos: "f32[5, 4]" = torch.ops.aten.cos.default(a_0);  a_0 = None
                return (cos, 1)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    : USER_OUTPUT
    
Range constraints: {}
