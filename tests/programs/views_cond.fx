ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[4]"):
            # File: views.py:23 in forward, code: return f(*a)
            mul_: "f32[4]" = torch.ops.aten.mul_.Tensor(a_0, 2);  a_0 = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_1)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
    
            # File: <eval_with_key>.35:10 in forward, code: cond = torch.ops.higher_order.cond(l_args_0_, cond_true_0, cond_false_0, (l_args_3_0_, l_args_3_1_));  l_args_0_ = cond_true_0 = cond_false_0 = l_args_3_0_ = l_args_3_1_ = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (mul_, a_1));  gt = true_graph_0 = false_graph_0 = mul_ = a_1 = None
            getitem: "f32[4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, mul_: "f32[4]", a_1: "f32[4]"):
                # File: <eval_with_key>.36:7 in forward, code: sin = l_args_3_0__1.sin();  l_args_3_0__1 = None
                sin: "f32[4]" = torch.ops.aten.sin.default(mul_);  mul_ = None
    
                # File: <eval_with_key>.36:8 in forward, code: add = sin + l_args_3_1__1;  sin = l_args_3_1__1 = None
                add: "f32[4]" = torch.ops.aten.add.Tensor(sin, a_1);  sin = a_1 = None
                return (add,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, mul_: "f32[4]", a_1: "f32[4]"):
                # File: <eval_with_key>.37:7 in forward, code: mul = l_args_3_0__1 * l_args_3_1__1;  l_args_3_0__1 = l_args_3_1__1 = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(mul_, a_1);  mul_ = a_1 = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
