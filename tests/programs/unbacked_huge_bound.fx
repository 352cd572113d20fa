ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4, 4]", p_b: "f32[4]", x: "f32[6, 4]", y: "f32[6, 4]"):
            # File: unbacked.py:66 in forward, code: whole, some = [x, y, x * self.b], []
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(x, p_b)
    
            # File: unbacked.py:68 in forward, code: some.append(self.make(r, whole, some))
            sum_1: "f32[]" = torch.ops.aten.sum.default(x)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
    
            # File: <eval_with_key>.5:10 in forward, code: cond = torch.ops.higher_order.cond(l_args_0_, cond_true_0, cond_false_0, (l_args_3_0_, l_args_1_closure_1_cell_contents_parameters_b_));  l_args_0_ = cond_true_0 = cond_false_0 = l_args_3_0_ = l_args_1_closure_1_cell_contents_parameters_b_ = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (x, p_b));  gt = true_graph_0 = false_graph_0 = p_b = None
            getitem_1: "f32[u0, 4]" = cond[0];  cond = None
            sym_size_int_2: "Sym(u0)" = torch.ops.aten.sym_size.int(getitem_1, 0)
            ge_1: "Sym(u0 >= 2)" = sym_size_int_2 >= 2
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u0 >= 2 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
            le_2: "Sym(u0 <= 3)" = sym_size_int_2 <= 3;  sym_size_int_2 = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le_2, "Runtime assertion failed for expression u0 <= 3 on node 'le_2'");  le_2 = _assert_scalar_default_1 = None
    
            # File: unbacked.py:68 in forward, code: some.append(self.make(r, whole, some))
            select: "f32[6]" = torch.ops.aten.select.int(y, 1, 0)
            detach: "f32[6]" = torch.ops.aten.detach.default(select);  select = None
            abs_1: "f32[6]" = torch.ops.aten.abs.default(detach);  detach = None
            mul_1: "f32[6]" = torch.ops.aten.mul.Tensor(abs_1, 2);  abs_1 = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(mul_1, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i64[6]" = torch.ops.aten.to.dtype(mul_1, torch.int64);  mul_1 = None
            repeat_interleave: "f32[u1, 4]" = torch.ops.aten.repeat_interleave.self_Tensor(y, to, 0);  y = to = None
            sym_size_int_3: "Sym(u1)" = torch.ops.aten.sym_size.int(repeat_interleave, 0)
            ge_2: "Sym(u1 >= 0)" = sym_size_int_3 >= 0;  sym_size_int_3 = None
            _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(ge_2, "Runtime assertion failed for expression u1 >= 0 on node 'ge_2'");  ge_2 = _assert_scalar_default_2 = None
            sin: "f32[6, 4]" = torch.ops.aten.sin.default(mul);  mul = None
            select_1: "f32[6]" = torch.ops.aten.select.int(x, 1, 0)
            detach_1: "f32[6]" = torch.ops.aten.detach.default(select_1);  select_1 = None
            abs_2: "f32[6]" = torch.ops.aten.abs.default(detach_1);  detach_1 = None
            mul_2: "f32[6]" = torch.ops.aten.mul.Tensor(abs_2, 2);  abs_2 = None
            _assert_tensor_metadata_default_1 = torch.ops.aten._assert_tensor_metadata.default(mul_2, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_1 = None
            to_1: "i64[6]" = torch.ops.aten.to.dtype(mul_2, torch.int64);  mul_2 = None
            repeat_interleave_1: "f32[u2, 4]" = torch.ops.aten.repeat_interleave.self_Tensor(x, to_1, 0);  x = to_1 = None
            sym_size_int_4: "Sym(u2)" = torch.ops.aten.sym_size.int(repeat_interleave_1, 0)
            ge_3: "Sym(u2 >= 0)" = sym_size_int_4 >= 0;  sym_size_int_4 = None
            _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(ge_3, "Runtime assertion failed for expression u2 >= 0 on node 'ge_3'");  ge_3 = _assert_scalar_default_3 = None
            cat: "f32[u1 + 6, 4]" = torch.ops.aten.cat.default([sin, repeat_interleave])
            slice_1: "f32[u1 + 6, 4]" = torch.ops.aten.slice.Tensor(cat, 0, 0, 9223372036854775807)
            select_2: "f32[u1 + 6]" = torch.ops.aten.select.int(slice_1, 1, 1);  slice_1 = None
            gt_1: "b8[u1 + 6]" = torch.ops.aten.gt.Scalar(select_2, 0.5848768294564617);  select_2 = None
            index: "f32[u3, 4]" = torch.ops.aten.index.Tensor(cat, [gt_1]);  gt_1 = None
            sym_size_int_5: "Sym(u3)" = torch.ops.aten.sym_size.int(index, 0)
            ge_4: "Sym(u3 >= 0)" = sym_size_int_5 >= 0;  sym_size_int_5 = None
            _assert_scalar_default_4 = torch.ops.aten._assert_scalar.default(ge_4, "Runtime assertion failed for expression u3 >= 0 on node 'ge_4'");  ge_4 = _assert_scalar_default_4 = None
    
            # File: unbacked.py:70 in forward, code: picked = torch.masked_select(last, last > 0).sum() + torch.stack([s.sum() for s in some]).sum()
            gt_2: "b8[u3, 4]" = torch.ops.aten.gt.Scalar(index, 0)
            masked_select: "f32[u4]" = torch.ops.aten.masked_select.default(index, gt_2);  gt_2 = None
            sym_size_int_6: "Sym(u4)" = torch.ops.aten.sym_size.int(masked_select, 0)
            ge_5: "Sym(u4 >= 0)" = sym_size_int_6 >= 0
            _assert_scalar_default_5 = torch.ops.aten._assert_scalar.default(ge_5, "Runtime assertion failed for expression u4 >= 0 on node 'ge_5'");  ge_5 = _assert_scalar_default_5 = None
            le_3: "Sym(u4 <= 36893488147419103224)" = sym_size_int_6 <= 36893488147419103224;  sym_size_int_6 = None
            _assert_scalar_default_6 = torch.ops.aten._assert_scalar.default(le_3, "Runtime assertion failed for expression u4 <= 36893488147419103224 on node 'le_3'");  le_3 = _assert_scalar_default_6 = None
            sum_2: "f32[]" = torch.ops.aten.sum.default(masked_select);  masked_select = None
            sum_3: "f32[]" = torch.ops.aten.sum.default(getitem_1);  getitem_1 = None
            sum_4: "f32[]" = torch.ops.aten.sum.default(repeat_interleave);  repeat_interleave = None
            sum_5: "f32[]" = torch.ops.aten.sum.default(sin);  sin = None
            sum_6: "f32[]" = torch.ops.aten.sum.default(repeat_interleave_1);  repeat_interleave_1 = None
            sum_7: "f32[]" = torch.ops.aten.sum.default(cat);  cat = None
            sum_8: "f32[]" = torch.ops.aten.sum.default(index)
            stack: "f32[6]" = torch.ops.aten.stack.default([sum_3, sum_4, sum_5, sum_6, sum_7, sum_8]);  sum_3 = sum_4 = sum_5 = sum_6 = sum_7 = sum_8 = None
            sum_9: "f32[]" = torch.ops.aten.sum.default(stack);  stack = None
            add: "f32[]" = torch.ops.aten.add.Tensor(sum_2, sum_9);  sum_2 = sum_9 = None
            return (add, index)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, x: "f32[6, 4]", p_b: "f32[4]"):
                # File: <eval_with_key>.6:6 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_1_cell_contents_parameters_b__true_branch;  l_args_3_0__1 = l_args_1_closure_1_cell_contents_parameters_b__true_branch = None
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(x, p_b);  x = p_b = None
    
                # File: <eval_with_key>.6:7 in forward, code: getitem = mul[slice(None, 2, None)];  mul = None
                slice_1: "f32[2, 4]" = torch.ops.aten.slice.Tensor(mul, 0, 0, 2);  mul = None
    
                # File: <eval_with_key>.6:8 in forward, code: sin = getitem.sin();  getitem = None
                sin: "f32[2, 4]" = torch.ops.aten.sin.default(slice_1);  slice_1 = None
                return (sin,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, x: "f32[6, 4]", p_b: "f32[4]"):
                # File: <eval_with_key>.7:6 in forward, code: getitem = l_args_3_0__1[slice(None, 3, None)];  l_args_3_0__1 = None
                slice_1: "f32[3, 4]" = torch.ops.aten.slice.Tensor(x, 0, 0, 3);  x = None
    
                # File: <eval_with_key>.7:7 in forward, code: exp = getitem.exp();  getitem = None
                exp: "f32[3, 4]" = torch.ops.aten.exp.default(slice_1);  slice_1 = None
    
                # File: <eval_with_key>.7:8 in forward, code: mul = exp * 2;  exp = None
                mul: "f32[3, 4]" = torch.ops.aten.mul.Tensor(exp, 2);  exp = None
                return (mul,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    p_b: PARAMETER target='b'
    x: USER_INPUT
    y: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    index: USER_OUTPUT
    
Range constraints: {u0: VR[2, 3], u1: VR[0, int_oo], u2: VR[0, int_oo], u3: VR[0, 9223372036854775806], u4: VR[0, 36893488147419103224]}
