ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:131 in in_branches, code: return torch.cond(y.sum() > 0, yes, no, (x, y)).sum()
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_1)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0, a_1));  gt = true_graph_0 = false_graph_0 = a_0 = a_1 = None
            getitem: "f32[2, 3]" = cond[0];  cond = None
            sum_2: "f32[]" = torch.ops.aten.sum.default(getitem);  getitem = None
            return (sum_2,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
                # File: effects.py:124 in yes, code: torch.ops.aten._print("yes")
                _print = torch.ops.aten._print.default('yes');  _print = None
    
                # File: effects.py:125 in yes, code: return x.sin() * y.sum()
                sin: "f32[2, 3]" = torch.ops.aten.sin.default(a_0);  a_0 = None
                sum_1: "f32[]" = torch.ops.aten.sum.default(a_1);  a_1 = None
                mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(sin, sum_1);  sin = sum_1 = None
                return (mul,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
                # File: effects.py:128 in no, code: torch.ops.aten._print("no")
                _print = torch.ops.aten._print.default('no');  _print = None
    
                # File: effects.py:129 in no, code: return x.cos() * y.mean()
                cos: "f32[2, 3]" = torch.ops.aten.cos.default(a_0);  a_0 = None
                mean: "f32[]" = torch.ops.aten.mean.default(a_1);  a_1 = None
                mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(cos, mean);  cos = mean = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    sum_2: USER_OUTPUT
    
Range constraints: {}
