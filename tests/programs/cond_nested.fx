ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3, 4]"):
            # File: cases.py:41 in <lambda>, code: case('cond_nested', lambda x: cond(x.sum()>-1e6, lambda a:(cond(a.mean()>1e3, lambda b:(b*2,), lambda b:(b.sin()*b,), (a,))[0]+a,), lambda a:(a*3,), (x,)), R(3,4))
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, -1000000.0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0,));  gt = true_graph_0 = false_graph_0 = a_0 = None
            getitem: "f32[3, 4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[3, 4]"):
                # File: cases.py:41 in <lambda>, code: case('cond_nested', lambda x: cond(x.sum()>-1e6, lambda a:(cond(a.mean()>1e3, lambda b:(b*2,), lambda b:(b.sin()*b,), (a,))[0]+a,), lambda a:(a*3,), (x,)), R(3,4))
                mean: "f32[]" = torch.ops.aten.mean.default(a_0)
                gt: "b8[]" = torch.ops.aten.gt.Scalar(mean, 1000.0);  mean = None
                true_graph_0 = self.true_graph_0
                false_graph_0 = self.false_graph_0
                cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0,));  gt = true_graph_0 = false_graph_0 = None
                getitem: "f32[3, 4]" = cond[0];  cond = None
                add: "f32[3, 4]" = torch.ops.aten.add.Tensor(getitem, a_0);  getitem = a_0 = None
                return (add,)
    
            class true_graph_0(torch.nn.Module):
                def forward(self, a_0: "f32[3, 4]"):
                    # File: cases.py:41 in <lambda>, code: case('cond_nested', lambda x: cond(x.sum()>-1e6, lambda a:(cond(a.mean()>1e3, lambda b:(b*2,), lambda b:(b.sin()*b,), (a,))[0]+a,), lambda a:(a*3,), (x,)), R(3,4))
                    mul: "f32[3, 4]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
                    return (mul,)
    
            class false_graph_0(torch.nn.Module):
                def forward(self, a_0: "f32[3, 4]"):
                    # File: cases.py:41 in <lambda>, code: case('cond_nested', lambda x: cond(x.sum()>-1e6, lambda a:(cond(a.mean()>1e3, lambda b:(b*2,), lambda b:(b.sin()*b,), (a,))[0]+a,), lambda a:(a*3,), (x,)), R(3,4))
                    sin: "f32[3, 4]" = torch.ops.aten.sin.default(a_0)
                    mul: "f32[3, 4]" = torch.ops.aten.mul.Tensor(sin, a_0);  sin = a_0 = None
                    return (mul,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[3, 4]"):
                # File: cases.py:41 in <lambda>, code: case('cond_nested', lambda x: cond(x.sum()>-1e6, lambda a:(cond(a.mean()>1e3, lambda b:(b*2,), lambda b:(b.sin()*b,), (a,))[0]+a,), lambda a:(a*3,), (x,)), R(3,4))
                mul: "f32[3, 4]" = torch.ops.aten.mul.Tensor(a_0, 3);  a_0 = None
                return (mul,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
