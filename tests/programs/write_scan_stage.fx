class <lambda>(torch.nn.Module):
    def forward(self, arg0_1: "f32[2, 3]", arg1_1: "f32[6]"):
        # File: effects.py:219 in write_scan, code: r = scan(step, torch.zeros(3), x, dim=0)
        zeros: "f32[3]" = torch.ops.aten.zeros.default([3], device = device(type='cpu'), pin_memory = False)
        auto_functionalized_subgraph_0 = self.auto_functionalized_subgraph_0
        _tree_spec_constant0 = self._tree_spec_constant0
        auto_functionalized_v2 = torch.ops.higher_order.auto_functionalized_v2(torch.ops.higher_order.scan, combine_fn = auto_functionalized_subgraph_0, init0 = zeros, xs0 = arg0_1, _additional_input0_base_index = 0, _all_bases = [arg1_1], _op_schema = _tree_spec_constant0);  auto_functionalized_subgraph_0 = zeros = arg0_1 = _tree_spec_constant0 = None
        getitem: "f32[3]" = auto_functionalized_v2[0]
        getitem_1: "f32[2, 3]" = auto_functionalized_v2[1]
        getitem_2: "f32[6]" = auto_functionalized_v2[2];  auto_functionalized_v2 = None

        # File: effects.py:220 in write_scan, code: return r[0], r[1], y * 2
        mul: "f32[6]" = torch.ops.aten.mul.Tensor(getitem_2, 2)

        # File: effects.py:219 in write_scan, code: r = scan(step, torch.zeros(3), x, dim=0)
        copy_: "f32[6]" = torch.ops.aten.copy_.default(arg1_1, getitem_2);  arg1_1 = getitem_2 = copy_ = None
        return (getitem, getitem_1, mul)

    class auto_functionalized_subgraph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[6]"):
            # File: effects.py:219 in write_scan, code: r = scan(step, torch.zeros(3), x, dim=0)
            sum_1: "f32[]" = torch.ops.aten.sum.default(arg1_1)
            add: "f32[6]" = torch.ops.aten.add.Tensor(arg2_1, sum_1);  sum_1 = None
            add_1: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, arg1_1);  arg1_1 = None
            slice_2: "f32[3]" = torch.ops.aten.slice.Tensor(add, 0, 0, 3)
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, slice_2);  arg0_1 = slice_2 = None
            copy_: "f32[6]" = torch.ops.aten.copy_.default(arg2_1, add);  arg2_1 = add = copy_ = None
            return [add_1, mul]
