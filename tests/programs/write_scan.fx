ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:219 in write_scan, code: r = scan(step, torch.zeros(3), x, dim=0)
            zeros: "f32[3]" = torch.ops.aten.zeros.default([3], device = device(type='cpu'), pin_memory = False)
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [zeros], [a_0], (a_1,), mutated_arg_indices = '2');  scan_combine_graph_0 = zeros = a_0 = None
            getitem: "f32[3]" = scan[0]
            getitem_1: "f32[2, 3]" = scan[1];  scan = None
    
            # File: effects.py:220 in write_scan, code: return r[0], r[1], y * 2
            mul: "f32[6]" = torch.ops.aten.mul.Tensor(a_1, 2);  a_1 = None
            return (getitem, getitem_1, mul)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[6]"):
                # File: effects.py:216 in step, code: y.add_(v.sum())
                sum_1: "f32[]" = torch.ops.aten.sum.default(arg1_1)
                add_: "f32[6]" = torch.ops.aten.add_.Tensor(arg2_1, sum_1);  arg2_1 = sum_1 = None
    
                # File: effects.py:217 in step, code: return c + v, c * y[:3]
                add: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, arg1_1);  arg1_1 = None
                slice_1: "f32[3]" = torch.ops.aten.slice.Tensor(add_, 0, 0, 3);  add_ = None
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, slice_1);  arg0_1 = slice_1 = None
                return [add, mul]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem: USER_OUTPUT
    getitem_1: USER_OUTPUT
    mul: USER_OUTPUT
    
Range constraints: {}
