class <lambda>(torch.nn.Module):
    def forward(self, arg0_1: "f32[2, 3]", arg1_1: "f32[6]"):
        # File: effects.py:238 in write_map_inputs, code: return torch_map(f, x, y)
        auto_functionalized_subgraph_0 = self.auto_functionalized_subgraph_0
        _tree_spec_constant0 = self._tree_spec_constant0
        auto_functionalized_v2 = torch.ops.higher_order.auto_functionalized_v2(torch.ops.higher_order.map_impl, f = auto_functionalized_subgraph_0, additional_input0 = arg1_1, _xs0_base_index = 0, _all_bases = [arg0_1], _op_schema = _tree_spec_constant0);  auto_functionalized_subgraph_0 = arg1_1 = _tree_spec_constant0 = None
        getitem: "f32[2, 6]" = auto_functionalized_v2[0]
        getitem_1: "f32[2, 3]" = auto_functionalized_v2[1];  auto_functionalized_v2 = None
        copy_: "f32[2, 3]" = torch.ops.aten.copy_.default(arg0_1, getitem_1);  arg0_1 = getitem_1 = copy_ = None
        return (getitem,)

    class auto_functionalized_subgraph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[6]"):
            # File: effects.py:238 in write_map_inputs, code: return torch_map(f, x, y)
            select: "f32[]" = torch.ops.aten.select.int(arg0_1, 0, 0)
            fill: "f32[]" = torch.ops.aten.fill.Scalar(select, 5);  select = None
            select_scatter: "f32[3]" = torch.ops.aten.select_scatter.default(arg0_1, fill, 0, 0);  fill = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(select_scatter)
            mul: "f32[6]" = torch.ops.aten.mul.Tensor(sum_1, arg1_1);  sum_1 = arg1_1 = None
            copy_: "f32[3]" = torch.ops.aten.copy_.default(arg0_1, select_scatter);  arg0_1 = select_scatter = copy_ = None
            return (mul,)
