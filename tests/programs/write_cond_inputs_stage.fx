class <lambda>(torch.nn.Module):
    def forward(self, arg0_1: "f32[6]", arg1_1: "f32[2, 3]"):
        # File: effects.py:174 in write_cond_inputs, code: return torch.cond(y.sum() > 0, yes, no, (x, y)) + y, x * 2
        sum_1: "f32[]" = torch.ops.aten.sum.default(arg0_1)
        gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
        auto_functionalized_subgraph_0 = self.auto_functionalized_subgraph_0
        auto_functionalized_subgraph_1 = self.auto_functionalized_subgraph_1
        _tree_spec_constant0 = self._tree_spec_constant0
        auto_functionalized_v2 = torch.ops.higher_order.auto_functionalized_v2(torch.ops.higher_order.cond, pred = gt, true_fn = auto_functionalized_subgraph_0, false_fn = auto_functionalized_subgraph_1, _operand0_base_index = 0, _operand1_base_index = 1, _all_bases = [arg0_1, arg1_1], _op_schema = _tree_spec_constant0);  gt = auto_functionalized_subgraph_0 = auto_functionalized_subgraph_1 = _tree_spec_constant0 = None
        getitem: "f32[6]" = auto_functionalized_v2[0]
        getitem_1: "f32[6]" = auto_functionalized_v2[1]
        getitem_2: "f32[2, 3]" = auto_functionalized_v2[2];  auto_functionalized_v2 = None
        add: "f32[6]" = torch.ops.aten.add.Tensor(getitem, getitem_1);  getitem = None
        mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(getitem_2, 2)
        copy_: "f32[6]" = torch.ops.aten.copy_.default(arg0_1, getitem_1);  arg0_1 = getitem_1 = copy_ = None
        copy__1: "f32[2, 3]" = torch.ops.aten.copy_.default(arg1_1, getitem_2);  arg1_1 = getitem_2 = copy__1 = None
        return (add, mul)

    class auto_functionalized_subgraph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[6]", arg1_1: "f32[2, 3]"):
            # File: effects.py:174 in write_cond_inputs, code: return torch.cond(y.sum() > 0, yes, no, (x, y)) + y, x * 2
            select: "f32[3]" = torch.ops.aten.select.int(arg1_1, 0, 0)
            add: "f32[3]" = torch.ops.aten.add.Tensor(select, 1);  select = None
            select_scatter: "f32[2, 3]" = torch.ops.aten.select_scatter.default(arg1_1, add, 0, 0);  add = None
            sin: "f32[6]" = torch.ops.aten.sin.default(arg0_1);  arg0_1 = None
            copy_: "f32[2, 3]" = torch.ops.aten.copy_.default(arg1_1, select_scatter);  arg1_1 = select_scatter = copy_ = None
            return (sin,)

    class auto_functionalized_subgraph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[6]", arg1_1: "f32[2, 3]"):
            # File: effects.py:174 in write_cond_inputs, code: return torch.cond(y.sum() > 0, yes, no, (x, y)) + y, x * 2
            mul: "f32[6]" = torch.ops.aten.mul.Tensor(arg0_1, 2)
            cos: "f32[6]" = torch.ops.aten.cos.default(mul)
            copy_: "f32[6]" = torch.ops.aten.copy_.default(arg0_1, mul);  arg0_1 = mul = copy_ = None
            return (cos,)
