ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:192 in write_nested, code: return torch.cond(y.sum() < 1000, yes, no, (x, y)), x + 1
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_1)
            lt: "b8[]" = torch.ops.aten.lt.Scalar(sum_1, 1000);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(lt, true_graph_0, false_graph_0, (a_1, a_0));  lt = true_graph_0 = false_graph_0 = a_1 = None
            getitem: "f32[6]" = cond[0];  cond = None
            add: "f32[2, 3]" = torch.ops.aten.add.Tensor(a_0, 1);  a_0 = None
            return (getitem, add)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_1: "f32[6]", a_0: "f32[2, 3]"):
                # File: effects.py:186 in yes, code: return torch.cond(a.sum() > 0, deep, flat, (a, y))
                sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
                gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
                true_graph_0 = self.true_graph_0
                false_graph_0 = self.false_graph_0
                cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_1, a_0));  gt = true_graph_0 = false_graph_0 = a_1 = a_0 = None
                getitem: "f32[6]" = cond[0];  cond = None
                return (getitem,)
    
            class true_graph_0(torch.nn.Module):
                def forward(self, a_1: "f32[6]", a_0: "f32[2, 3]"):
                    # File: effects.py:180 in deep, code: a.mul_(3)
                    mul_: "f32[2, 3]" = torch.ops.aten.mul_.Tensor(a_0, 3);  a_0 = mul_ = None
    
                    # File: effects.py:181 in deep, code: return y.sin()
                    sin: "f32[6]" = torch.ops.aten.sin.default(a_1);  a_1 = None
                    return (sin,)
    
            class false_graph_0(torch.nn.Module):
                def forward(self, a_1: "f32[6]", a_0: "f32[2, 3]"):
                    # File: effects.py:184 in flat, code: return y.clone()
                    clone: "f32[6]" = torch.ops.aten.clone.default(a_1);  a_1 = None
                    return (clone,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_1: "f32[6]", a_0: "f32[2, 3]"):
                # File: effects.py:189 in no, code: y.sub_(1)
                sub_: "f32[6]" = torch.ops.aten.sub_.Tensor(a_1, 1);  a_1 = None
    
                # File: effects.py:190 in no, code: return y.cos()
                cos: "f32[6]" = torch.ops.aten.cos.default(sub_);  sub_ = None
                return (cos,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    add: USER_OUTPUT
    
Range constraints: {}
