ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:152 in write_cond, code: a = x.clone()
            clone: "f32[2, 3]" = torch.ops.aten.clone.default(a_0);  a_0 = None
    
            # File: effects.py:162 in write_cond, code: return torch.cond(y.sum() > 0, yes, no, (a, y)) + a.view(-1)
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_1)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (clone, a_1));  gt = true_graph_0 = false_graph_0 = a_1 = None
            getitem: "f32[6]" = cond[0];  cond = None
            view: "f32[6]" = torch.ops.aten.view.default(clone, [-1]);  clone = None
            add: "f32[6]" = torch.ops.aten.add.Tensor(getitem, view);  getitem = view = None
            return (add,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, clone: "f32[2, 3]", a_1: "f32[6]"):
                # File: effects.py:155 in yes, code: a.add_(1)
                add_: "f32[2, 3]" = torch.ops.aten.add_.Tensor(clone, 1);  clone = None
    
                # File: effects.py:156 in yes, code: return y.sin() * a.view(-1)
                sin: "f32[6]" = torch.ops.aten.sin.default(a_1);  a_1 = None
                view: "f32[6]" = torch.ops.aten.view.default(add_, [-1]);  add_ = None
                mul: "f32[6]" = torch.ops.aten.mul.Tensor(sin, view);  sin = view = None
                return (mul,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, clone: "f32[2, 3]", a_1: "f32[6]"):
                # File: effects.py:159 in no, code: a[0].mul_(2)
                select: "f32[3]" = torch.ops.aten.select.int(clone, 0, 0)
                mul_: "f32[3]" = torch.ops.aten.mul_.Tensor(select, 2);  select = mul_ = None
    
                # File: effects.py:160 in no, code: return y.cos() * a.view(-1)
                cos: "f32[6]" = torch.ops.aten.cos.default(a_1);  a_1 = None
                view: "f32[6]" = torch.ops.aten.view.default(clone, [-1]);  clone = None
                mul: "f32[6]" = torch.ops.aten.mul.Tensor(cos, view);  cos = view = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {}
