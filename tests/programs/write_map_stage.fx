class <lambda>(torch.nn.Module):
    def forward(self, arg0_1: "f32[2, 3]", arg1_1: "f32[6]"):
        # File: effects.py:224 in write_map, code: z = x.clone()
        clone: "f32[2, 3]" = torch.ops.aten.clone.default(arg0_1);  arg0_1 = None

        # File: effects.py:230 in write_map, code: return torch_map(f, z, y), z
        auto_functionalized_subgraph_0 = self.auto_functionalized_subgraph_0
        _tree_spec_constant0 = self._tree_spec_constant0
        auto_functionalized_v2 = torch.ops.higher_order.auto_functionalized_v2(torch.ops.higher_order.map_impl, f = auto_functionalized_subgraph_0, additional_input0 = arg1_1, _xs0_base_index = 0, _all_bases = [clone], _op_schema = _tree_spec_constant0);  auto_functionalized_subgraph_0 = arg1_1 = clone = _tree_spec_constant0 = None
        getitem: "f32[2, 6]" = auto_functionalized_v2[0]
        getitem_1: "f32[2, 3]" = auto_functionalized_v2[1];  auto_functionalized_v2 = None
        return (getitem, getitem_1)

    class auto_functionalized_subgraph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[6]"):
            # File: effects.py:230 in write_map, code: return torch_map(f, z, y), z
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, 2)
            sum_1: "f32[]" = torch.ops.aten.sum.default(mul)
            mul_1: "f32[6]" = torch.ops.aten.mul.Tensor(sum_1, arg1_1);  sum_1 = arg1_1 = None
            copy_: "f32[3]" = torch.ops.aten.copy_.default(arg0_1, mul);  arg0_1 = mul = copy_ = None
            return (mul_1,)
