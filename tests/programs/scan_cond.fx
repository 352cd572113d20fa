ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[3]", a_1: "f32[5, 3]"):
            # File: cases.py:59 in <lambda>, code: case('scan_cond', lambda h,x: scan(lambda c,a:(cond(a.sum()>0, lambda c,a:c*a, lambda c,a:c-a, (c,a)), c*2), h, x, dim=0), R(3),R(5,3))
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [a_1], ());  scan_combine_graph_0 = a_0 = a_1 = None
            getitem: "f32[3]" = scan[0]
            getitem_1: "f32[5, 3]" = scan[1];  scan = None
            return (getitem, getitem_1)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
                # File: cases.py:59 in <lambda>, code: case('scan_cond', lambda h,x: scan(lambda c,a:(cond(a.sum()>0, lambda c,a:c*a, lambda c,a:c-a, (c,a)), c*2), h, x, dim=0), R(3),R(5,3))
                sum_1: "f32[]" = torch.ops.aten.sum.default(arg1_1)
                gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
                true_graph_0 = self.true_graph_0
                false_graph_0 = self.false_graph_0
                cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (arg0_1, arg1_1));  gt = true_graph_0 = false_graph_0 = arg1_1 = None
                getitem: "f32[3]" = cond[0];  cond = None
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, 2);  arg0_1 = None
                return [getitem, mul]
    
            class true_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
                    # File: cases.py:59 in <lambda>, code: case('scan_cond', lambda h,x: scan(lambda c,a:(cond(a.sum()>0, lambda c,a:c*a, lambda c,a:c-a, (c,a)), c*2), h, x, dim=0), R(3),R(5,3))
                    mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
                    return (mul,)
    
            class false_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
                    # File: cases.py:59 in <lambda>, code: case('scan_cond', lambda h,x: scan(lambda c,a:(cond(a.sum()>0, lambda c,a:c*a, lambda c,a:c-a, (c,a)), c*2), h, x, dim=0), R(3),R(5,3))
                    sub: "f32[3]" = torch.ops.aten.sub.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
                    return (sub,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    
Range constraints: {}
