class <lambda>(torch.nn.Module):
    def forward(self, arg0_1: "f32[2, 3]", arg1_1: "f32[6]"):
        # File: effects.py:152 in write_cond, code: a = x.clone()
        clone: "f32[2, 3]" = torch.ops.aten.clone.default(arg0_1);  arg0_1 = None

        # File: effects.py:162 in write_cond, code: return torch.cond(y.sum() > 0, yes, no, (a, y)) + a.view(-1)
        sum_1: "f32[]" = torch.ops.aten.sum.default(arg1_1)
        gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
        auto_functionalized_subgraph_0 = self.auto_functionalized_subgraph_0
        auto_functionalized_subgraph_1 = self.auto_functionalized_subgraph_1
        _tree_spec_constant0 = self._tree_spec_constant0
        auto_functionalized_v2 = torch.ops.higher_order.auto_functionalized_v2(torch.ops.higher_order.cond, pred = gt, true_fn = auto_functionalized_subgraph_0, false_fn = auto_functionalized_subgraph_1, operand1 = arg1_1, _operand0_base_index = 0, _all_bases = [clone], _op_schema = _tree_spec_constant0);  gt = auto_functionalized_subgraph_0 = auto_functionalized_subgraph_1 = arg1_1 = clone = _tree_spec_constant0 = None
        getitem: "f32[6]" = auto_functionalized_v2[0]
        getitem_1: "f32[2, 3]" = auto_functionalized_v2[1];  auto_functionalized_v2 = None
        view_1: "f32[6]" = torch.ops.aten.view.default(getitem_1, [-1]);  getitem_1 = None
        add: "f32[6]" = torch.ops.aten.add.Tensor(getitem, view_1);  getitem = view_1 = None
        return (add,)

    class auto_functionalized_subgraph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[2, 3]", arg1_1: "f32[6]"):
            # File: effects.py:162 in write_cond, code: return torch.cond(y.sum() > 0, yes, no, (a, y)) + a.view(-1)
            add: "f32[2, 3]" = torch.ops.aten.add.Tensor(arg0_1, 1)
            sin: "f32[6]" = torch.ops.aten.sin.default(arg1_1);  arg1_1 = None
            view_1: "f32[6]" = torch.ops.aten.view.default(add, [-1])
            mul: "f32[6]" = torch.ops.aten.mul.Tensor(sin, view_1);  sin = view_1 = None
            copy_: "f32[2, 3]" = torch.ops.aten.copy_.default(arg0_1, add);  arg0_1 = add = copy_ = None
            return (mul,)

    class auto_functionalized_subgraph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[2, 3]", arg1_1: "f32[6]"):
            # File: effects.py:162 in write_cond, code: return torch.cond(y.sum() > 0, yes, no, (a, y)) + a.view(-1)
            select: "f32[3]" = torch.ops.aten.select.int(arg0_1, 0, 0)
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(select, 2);  select = None
            select_scatter: "f32[2, 3]" = torch.ops.aten.select_scatter.default(arg0_1, mul, 0, 0);  mul = None
            cos: "f32[6]" = torch.ops.aten.cos.default(arg1_1);  arg1_1 = None
            view_1: "f32[6]" = torch.ops.aten.view.default(select_scatter, [-1])
            mul_1: "f32[6]" = torch.ops.aten.mul.Tensor(cos, view_1);  cos = view_1 = None
            copy_: "f32[2, 3]" = torch.ops.aten.copy_.default(arg0_1, select_scatter);  arg0_1 = select_scatter = copy_ = None
            return (mul_1,)
