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
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (x, p_b));  gt = true_graph_0 = false_graph_0 = x = None
            getitem: "f32[2, 4]" = cond[0];  cond = None
    
            # File: unbacked.py:68 in forward, code: some.append(self.make(r, whole, some))
            detach: "f32[6, 4]" = torch.ops.aten.detach.default(mul)
            abs_1: "f32[6, 4]" = torch.ops.aten.abs.default(detach);  detach = None
            sum_2: "f32[]" = torch.ops.aten.sum.default(abs_1);  abs_1 = None
            remainder: "f32[]" = torch.ops.aten.remainder.Scalar(sum_2, 6);  sum_2 = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(remainder, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i64[]" = torch.ops.aten.to.dtype(remainder, torch.int64);  remainder = None
            item: "Sym(u0)" = torch.ops.aten.item.default(to);  to = None
            slice_1: "f32[u1, 4]" = torch.ops.aten.slice.Tensor(mul, 0, None, item);  item = None
            sym_size_int_1: "Sym(u1)" = torch.ops.aten.sym_size.int(slice_1, 0)
            ge_1: "Sym(u1 >= 0)" = sym_size_int_1 >= 0
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u1 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
            le_1: "Sym(u1 <= 6)" = sym_size_int_1 <= 6;  sym_size_int_1 = None
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u1 <= 6 on node 'le_1'");  le_1 = _assert_scalar_default_1 = None
            add: "f32[u1, 4]" = torch.ops.aten.add.Tensor(slice_1, p_b);  slice_1 = None
            sum_3: "f32[]" = torch.ops.aten.sum.default(mul)
            gt_1: "b8[]" = torch.ops.aten.gt.Scalar(sum_3, 0);  sum_3 = None
    
            # File: <eval_with_key>.21:10 in forward, code: cond = torch.ops.higher_order.cond(l_args_0_, cond_true_0, cond_false_0, (l_args_3_0_, l_args_1_closure_1_cell_contents_parameters_b_));  l_args_0_ = cond_true_0 = cond_false_0 = l_args_3_0_ = l_args_1_closure_1_cell_contents_parameters_b_ = None
            true_graph_1 = self.true_graph_1
            false_graph_1 = self.false_graph_1
            cond_1 = torch.ops.higher_order.cond(gt_1, true_graph_1, false_graph_1, (mul, p_b));  gt_1 = true_graph_1 = false_graph_1 = mul = p_b = None
            getitem_2: "f32[u2, 4]" = cond_1[0];  cond_1 = None
            sym_size_int_2: "Sym(u2)" = torch.ops.aten.sym_size.int(getitem_2, 0)
            ge_2: "Sym(u2 >= 3)" = sym_size_int_2 >= 3
            _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(ge_2, "Runtime assertion failed for expression u2 >= 3 on node 'ge_2'");  ge_2 = _assert_scalar_default_2 = None
            le_2: "Sym(u2 <= 6)" = sym_size_int_2 <= 6;  sym_size_int_2 = None
            _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(le_2, "Runtime assertion failed for expression u2 <= 6 on node 'le_2'");  le_2 = _assert_scalar_default_3 = None
    
            # File: unbacked.py:68 in forward, code: some.append(self.make(r, whole, some))
            flatten: "f32[4*u1]" = torch.ops.aten.flatten.using_ints(add)
            slice_2: "f32[0]" = torch.ops.aten.slice.Tensor(flatten, 0, 0, 0);  flatten = None
            sum_4: "f32[]" = torch.ops.aten.sum.default(slice_2);  slice_2 = None
            sin: "f32[u1, 4]" = torch.ops.aten.sin.default(add)
            flip: "f32[u1, 4]" = torch.ops.aten.flip.default(sin, [0]);  sin = None
            add_1: "f32[u1, 4]" = torch.ops.aten.add.Tensor(sum_4, flip);  sum_4 = flip = None
    
            # File: unbacked.py:70 in forward, code: picked = torch.masked_select(last, last > 0).sum() + torch.stack([s.sum() for s in some]).sum()
            gt_2: "b8[u1, 4]" = torch.ops.aten.gt.Scalar(add_1, 0)
            masked_select: "f32[u3]" = torch.ops.aten.masked_select.default(add_1, gt_2);  gt_2 = None
            sym_size_int_3: "Sym(u3)" = torch.ops.aten.sym_size.int(masked_select, 0)
            ge_3: "Sym(u3 >= 0)" = sym_size_int_3 >= 0
            _assert_scalar_default_4 = torch.ops.aten._assert_scalar.default(ge_3, "Runtime assertion failed for expression u3 >= 0 on node 'ge_3'");  ge_3 = _assert_scalar_default_4 = None
            le_3: "Sym(u3 <= 24)" = sym_size_int_3 <= 24;  sym_size_int_3 = None
            _assert_scalar_default_5 = torch.ops.aten._assert_scalar.default(le_3, "Runtime assertion failed for expression u3 <= 24 on node 'le_3'");  le_3 = _assert_scalar_default_5 = None
            sum_5: "f32[]" = torch.ops.aten.sum.default(masked_select);  masked_select = None
            sum_6: "f32[]" = torch.ops.aten.sum.default(getitem);  getitem = None
            sum_7: "f32[]" = torch.ops.aten.sum.default(add);  add = None
            sum_8: "f32[]" = torch.ops.aten.sum.default(getitem_2);  getitem_2 = None
            sum_9: "f32[]" = torch.ops.aten.sum.default(add_1)
            stack: "f32[4]" = torch.ops.aten.stack.default([sum_6, sum_7, sum_8, sum_9]);  sum_6 = sum_7 = sum_8 = sum_9 = None
            sum_10: "f32[]" = torch.ops.aten.sum.default(stack);  stack = None
            add_2: "f32[]" = torch.ops.aten.add.Tensor(sum_5, sum_10);  sum_5 = sum_10 = None
            return (add_2, add_1)
    
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
                # File: <eval_with_key>.7:6 in forward, code: getitem = l_args_3_0__1[slice(None, 2, None)];  l_args_3_0__1 = None
                slice_1: "f32[2, 4]" = torch.ops.aten.slice.Tensor(x, 0, 0, 2);  x = None
    
                # File: <eval_with_key>.7:7 in forward, code: exp = getitem.exp();  getitem = None
                exp: "f32[2, 4]" = torch.ops.aten.exp.default(slice_1);  slice_1 = None
    
                # File: <eval_with_key>.7:8 in forward, code: mul = exp * 2;  exp = None
                mul: "f32[2, 4]" = torch.ops.aten.mul.Tensor(exp, 2);  exp = None
                return (mul,)
    
        class true_graph_1(torch.nn.Module):
            def forward(self, mul: "f32[6, 4]", p_b: "f32[4]"):
                # File: <eval_with_key>.22:6 in forward, code: mul = l_args_3_0__1 * l_args_1_closure_1_cell_contents_parameters_b__true_branch;  l_args_3_0__1 = l_args_1_closure_1_cell_contents_parameters_b__true_branch = None
                mul_1: "f32[6, 4]" = torch.ops.aten.mul.Tensor(mul, p_b);  mul = p_b = None
    
                # File: <eval_with_key>.22:7 in forward, code: getitem = mul[slice(None, 6, None)];  mul = None
                slice_1: "f32[6, 4]" = torch.ops.aten.slice.Tensor(mul_1, 0, 0, 6);  mul_1 = None
    
                # File: <eval_with_key>.22:8 in forward, code: sin = getitem.sin();  getitem = None
                sin: "f32[6, 4]" = torch.ops.aten.sin.default(slice_1);  slice_1 = None
                return (sin,)
    
        class false_graph_1(torch.nn.Module):
            def forward(self, mul: "f32[6, 4]", p_b: "f32[4]"):
                # File: <eval_with_key>.23:6 in forward, code: getitem = l_args_3_0__1[slice(None, 3, None)];  l_args_3_0__1 = None
                slice_1: "f32[3, 4]" = torch.ops.aten.slice.Tensor(mul, 0, 0, 3);  mul = None
    
                # File: <eval_with_key>.23:7 in forward, code: exp = getitem.exp();  getitem = None
                exp: "f32[3, 4]" = torch.ops.aten.exp.default(slice_1);  slice_1 = None
    
                # File: <eval_with_key>.23:8 in forward, code: mul = exp * 2;  exp = None
                mul_1: "f32[3, 4]" = torch.ops.aten.mul.Tensor(exp, 2);  exp = None
                return (mul_1,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    p_b: PARAMETER target='b'
    x: USER_INPUT
    y: USER_INPUT
    
    # outputs
    add_2: USER_OUTPUT
    add_1: USER_OUTPUT
    
Range constraints: {u0: VR[-int_oo, int_oo], u1: VR[0, 6], u2: VR[3, 6], u3: VR[0, 24]}
