ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:174 in write_cond_inputs, code: return torch.cond(y.sum() > 0, yes, no, (x, y)) + y, x * 2
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_1)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_1, a_0));  gt = true_graph_0 = false_graph_0 = None
            getitem: "f32[6]" = cond[0];  cond = None
            add: "f32[6]" = torch.ops.aten.add.Tensor(getitem, a_1);  getitem = a_1 = None
            mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
            return (add, mul)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_1: "f32[6]", a_0: "f32[2, 3]"):
                # File: effects.py:167 in yes, code: a[0].add_(1)
                select: "f32[3]" = torch.ops.aten.select.int(a_0, 0, 0);  a_0 = None
                add_: "f32[3]" = torch.ops.aten.add_.Tensor(select, 1);  select = add_ = None
    
                # File: effects.py:168 in yes, code: return y.sin()
                sin: "f32[6]" = torch.ops.aten.sin.default(a_1);  a_1 = None
                return (sin,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_1: "f32[6]", a_0: "f32[2, 3]"):
                # File: effects.py:171 in no, code: y.mul_(2)
                mul_: "f32[6]" = torch.ops.aten.mul_.Tensor(a_1, 2);  a_1 = None
    
                # File: effects.py:172 in no, code: return y.cos()
                cos: "f32[6]" = torch.ops.aten.cos.default(mul_);  mul_ = None
                return (cos,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    mul: USER_OUTPUT
    
Range constraints: {}
