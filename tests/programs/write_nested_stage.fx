class <lambda>(torch.nn.Module):
    def forward(self, arg0_1: "f32[6]", arg1_1: "f32[2, 3]"):
        # File: effects.py:192 in write_nested, code: return torch.cond(y.sum() < 1000, yes, no, (x, y)), x + 1
        sum_1: "f32[]" = torch.ops.aten.sum.default(arg0_1)
        lt: "b8[]" = torch.ops.aten.lt.Scalar(sum_1, 1000);  sum_1 = None
        auto_functionalized_subgraph_0 = self.auto_functionalized_subgraph_0
        auto_functionalized_subgraph_1 = self.auto_functionalized_subgraph_1
        _tree_spec_constant0 = self._tree_spec_constant0
        auto_functionalized_v2 = torch.ops.higher_order.auto_functionalized_v2(torch.ops.higher_order.cond, pred = lt, true_fn = auto_functionalized_subgraph_0, false_fn = auto_functionalized_subgraph_1, operand1 = arg1_1, _operand0_base_index = 0, _all_bases = [arg0_1], _op_schema = _tree_spec_constant0);  lt = auto_functionalized_subgraph_0 = auto_functionalized_subgraph_1 = _tree_spec_constant0 = None
        getitem: "f32[6]" = auto_functionalized_v2[0]
        getitem_1: "f32[6]" = auto_functionalized_v2[1];  auto_functionalized_v2 = None
        add: "f32[2, 3]" = torch.ops.aten.add.Tensor(arg1_1, 1);  arg1_1 = None
        copy_: "f32[6]" = torch.ops.aten.copy_.default(arg0_1, getitem_1);  arg0_1 = getitem_1 = copy_ = None
        return (getitem, add)

    class auto_functionalized_subgraph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[6]", arg1_1: "f32[2, 3]"):
            # File: effects.py:192 in write_nested, code: return torch.cond(y.sum() < 1000, yes, no, (x, y)), x + 1
            sum_1: "f32[]" = torch.ops.aten.sum.default(arg1_1)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            auto_functionalized_subgraph_0 = self.auto_functionalized_subgraph_0
            auto_functionalized_subgraph_1 = self.auto_functionalized_subgraph_1
            _tree_spec_constant0 = self._tree_spec_constant0
            auto_functionalized_v2 = torch.ops.higher_order.auto_functionalized_v2(torch.ops.higher_order.cond, pred = gt, true_fn = auto_functionalized_subgraph_0, false_fn = auto_functionalized_subgraph_1, operand0 = arg0_1, _operand1_base_index = 0, _all_bases = [arg1_1], _op_schema = _tree_spec_constant0);  gt = auto_functionalized_subgraph_0 = auto_functionalized_subgraph_1 = arg0_1 = _tree_spec_constant0 = None
            getitem: "f32[6]" = auto_functionalized_v2[0]
            getitem_1: "f32[2, 3]" = auto_functionalized_v2[1];  auto_functionalized_v2 = None
            copy_: "f32[2, 3]" = torch.ops.aten.copy_.default(arg1_1, getitem_1);  arg1_1 = getitem_1 = copy_ = None
            return (getitem,)

        class auto_functionalized_subgraph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[6]", arg1_1: "f32[2, 3]"):
                # File: effects.py:192 in write_nested, code: return torch.cond(y.sum() < 1000, yes, no, (x, y)), x + 1
                mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(arg1_1, 3)
                sin: "f32[6]" = torch.ops.aten.sin.default(arg0_1);  arg0_1 = None
                copy_: "f32[2, 3]" = torch.ops.aten.copy_.default(arg1_1, mul);  arg1_1 = mul = copy_ = None
                return (sin,)

        class auto_functionalized_subgraph_1(torch.nn.Module):
            def forward(self, arg0_1: "f32[6]", arg1_1: "f32[2, 3]"):
                # File: effects.py:192 in write_nested, code: return torch.cond(y.sum() < 1000, yes, no, (x, y)), x + 1
                clone: "f32[6]" = torch.ops.aten.clone.default(arg0_1);  arg0_1 = None
                return (clone,)

    class auto_functionalized_subgraph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[6]", arg1_1: "f32[2, 3]"):
            # File: effects.py:192 in write_nested, code: return torch.cond(y.sum() < 1000, yes, no, (x, y)), x + 1
            sub: "f32[6]" = torch.ops.aten.sub.Tensor(arg0_1, 1)
            cos: "f32[6]" = torch.ops.aten.cos.default(sub)
            copy_: "f32[6]" = torch.ops.aten.copy_.default(arg0_1, sub);  arg0_1 = sub = copy_ = None
            return (cos,)
