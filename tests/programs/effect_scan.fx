ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:139 in in_scan, code: last, all = scan(step, y[:3], x, dim=0)
            slice_1: "f32[3]" = torch.ops.aten.slice.Tensor(a_1, 0, 0, 3);  a_1 = None
            scan_combine_graph_0 = self.scan_combine_graph_0
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [slice_1], [a_0], ());  scan_combine_graph_0 = slice_1 = a_0 = None
            getitem: "f32[3]" = scan[0]
            getitem_1: "f32[2, 3]" = scan[1];  scan = None
    
            # File: effects.py:140 in in_scan, code: return last.sum() + all.sum()
            sum_1: "f32[]" = torch.ops.aten.sum.default(getitem);  getitem = None
            sum_2: "f32[]" = torch.ops.aten.sum.default(getitem_1);  getitem_1 = None
            add: "f32[]" = torch.ops.aten.add.Tensor(sum_1, sum_2);  sum_1 = sum_2 = None
            return (add,)
    
        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
                # File: effects.py:136 in step, code: torch.ops.aten._print("step")
                _print = torch.ops.aten._print.default('step');  _print = None
    
                # File: effects.py:137 in step, code: return c + v, (c * v).sin()
                add: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, arg1_1)
                mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
                sin: "f32[3]" = torch.ops.aten.sin.default(mul);  mul = None
                return [add, sin]
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {}
