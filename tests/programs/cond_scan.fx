ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4]", a_1: "f32[5, 4]"):
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 100);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (a_0, a_1));  gt = true_graph_0 = false_graph_0 = a_0 = a_1 = None
            getitem: "f32[5, 4]" = cond[0];  cond = None
            return (getitem,)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[4]", a_1: "f32[5, 4]"):
                scan_combine_graph_0 = self.scan_combine_graph_0
                scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [a_1], ());  scan_combine_graph_0 = a_0 = a_1 = None
                getitem_1: "f32[5, 4]" = scan[1];  scan = None
                return (getitem_1,)
    
            class scan_combine_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]"):
                    add: "f32[4]" = torch.ops.aten.add.Tensor(arg0_1, arg1_1);  arg1_1 = None
                    tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
                    mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, 2);  arg0_1 = None
                    return [tanh, mul]
    
        class false_graph_0(torch.nn.Module):
            def forward(self, a_0: "f32[4]", a_1: "f32[5, 4]"):
                scan_combine_graph_0 = self.scan_combine_graph_0
                scan = torch.ops.higher_order.scan(scan_combine_graph_0, [a_0], [a_1], ());  scan_combine_graph_0 = a_0 = a_1 = None
                getitem_1: "f32[5, 4]" = scan[1];  scan = None
                return (getitem_1,)
    
            class scan_combine_graph_0(torch.nn.Module):
                def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]"):
                    mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg1_1 = None
                    sin: "f32[4]" = torch.ops.aten.sin.default(mul);  mul = None
                    add: "f32[4]" = torch.ops.aten.add.Tensor(arg0_1, 2);  arg0_1 = None
                    return [sin, add]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    
Range constraints: {}
