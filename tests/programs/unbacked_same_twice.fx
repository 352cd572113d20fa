ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4, 4]", p_b: "f32[4]", x: "f32[6, 4]", y: "f32[6, 4]"):
            # File: unbacked.py:66 in forward, code: whole, some = [x, y, x * self.b], []
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(x, p_b)
    
            # File: unbacked.py:68 in forward, code: some.append(self.make(r, whole, some))
            detach: "f32[6, 4]" = torch.ops.aten.detach.default(y)
            sum_1: "f32[]" = torch.ops.aten.sum.default(detach);  detach = None
            item: "Sym(zuf0)" = torch.ops.aten.item.default(sum_1);  sum_1 = None
            mul_1: "f32[6, 4]" = torch.ops.aten.mul.Tensor(mul, item);  item = None
            select: "f32[6]" = torch.ops.aten.select.int(mul, 1, 0)
            detach_1: "f32[6]" = torch.ops.aten.detach.default(select);  select = None
            abs_1: "f32[6]" = torch.ops.aten.abs.default(detach_1);  detach_1 = None
            mul_2: "f32[6]" = torch.ops.aten.mul.Tensor(abs_1, 2);  abs_1 = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(mul_2, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i64[6]" = torch.ops.aten.to.dtype(mul_2, torch.int64);  mul_2 = None
            repeat_interleave: "f32[u0, 4]" = torch.ops.aten.repeat_interleave.self_Tensor(mul, to, 0);  to = None
            sym_size_int: "Sym(u0)" = torch.ops.aten.sym_size.int(repeat_interleave, 0)
            ge: "Sym(u0 >= 0)" = sym_size_int >= 0;  sym_size_int = None
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= 0 on node 'ge'");  ge = _assert_scalar_default = None
            detach_2: "f32[6, 4]" = torch.ops.aten.detach.default(mul)
            sum_2: "f32[]" = torch.ops.aten.sum.default(detach_2);  detach_2 = None
            item_1: "Sym(zuf1)" = torch.ops.aten.item.default(sum_2);  sum_2 = None
            mul_3: "f32[6, 4]" = torch.ops.aten.mul.Tensor(x, item_1);  item_1 = None
            gt: "b8[6, 4]" = torch.ops.aten.gt.Scalar(x, 0.5)
            where = torch.ops.aten.where.default(gt);  gt = None
            getitem_4: "i64[u1]" = where[0]
            sym_size_int_1: "Sym(u1)" = torch.ops.aten.sym_size.int(getitem_4, 0)
            ge_1: "Sym(u1 >= 0)" = sym_size_int_1 >= 0
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u1 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default_1 = None
            le: "Sym(u1 <= 24)" = sym_size_int_1 <= 24;  sym_size_int_1 = None
            _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u1 <= 24 on node 'le'");  le = _assert_scalar_default_2 = None
            getitem_1: "i64[u1]" = where[1];  where = None
            index: "f32[u1, 4]" = torch.ops.aten.index.Tensor(y, [getitem_4]);  y = getitem_4 = None
            index_1: "f32[u1]" = torch.ops.aten.index.Tensor(p_b, [getitem_1]);  getitem_1 = None
            unsqueeze: "f32[u1, 1]" = torch.ops.aten.unsqueeze.default(index_1, 1);  index_1 = None
            mul_4: "f32[u1, 4]" = torch.ops.aten.mul.Tensor(index, unsqueeze);  index = unsqueeze = None
            gt_1: "b8[6, 4]" = torch.ops.aten.gt.Scalar(mul, 0.5)
            where_1 = torch.ops.aten.where.default(gt_1);  gt_1 = None
            getitem_5: "i64[u2]" = where_1[0]
            sym_size_int_2: "Sym(u2)" = torch.ops.aten.sym_size.int(getitem_5, 0)
            ge_2: "Sym(u2 >= 0)" = sym_size_int_2 >= 0
            _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(ge_2, "Runtime assertion failed for expression u2 >= 0 on node 'ge_2'");  ge_2 = _assert_scalar_default_3 = None
            le_1: "Sym(u2 <= 24)" = sym_size_int_2 <= 24;  sym_size_int_2 = None
            _assert_scalar_default_4 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u2 <= 24 on node 'le_1'");  le_1 = _assert_scalar_default_4 = None
            getitem_3: "i64[u2]" = where_1[1];  where_1 = None
            index_2: "f32[u2, 4]" = torch.ops.aten.index.Tensor(x, [getitem_5]);  x = getitem_5 = None
            index_3: "f32[u2]" = torch.ops.aten.index.Tensor(p_b, [getitem_3]);  p_b = getitem_3 = None
            unsqueeze_1: "f32[u2, 1]" = torch.ops.aten.unsqueeze.default(index_3, 1);  index_3 = None
            mul_5: "f32[u2, 4]" = torch.ops.aten.mul.Tensor(index_2, unsqueeze_1);  index_2 = unsqueeze_1 = None
            select_1: "f32[6]" = torch.ops.aten.select.int(mul, 1, 0)
            detach_3: "f32[6]" = torch.ops.aten.detach.default(select_1);  select_1 = None
            abs_2: "f32[6]" = torch.ops.aten.abs.default(detach_3);  detach_3 = None
            mul_6: "f32[6]" = torch.ops.aten.mul.Tensor(abs_2, 2);  abs_2 = None
            _assert_tensor_metadata_default_1 = torch.ops.aten._assert_tensor_metadata.default(mul_6, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_1 = None
            to_1: "i64[6]" = torch.ops.aten.to.dtype(mul_6, torch.int64);  mul_6 = None
            repeat_interleave_1: "f32[u3, 4]" = torch.ops.aten.repeat_interleave.self_Tensor(mul, to_1, 0);  mul = to_1 = None
            sym_size_int_3: "Sym(u3)" = torch.ops.aten.sym_size.int(repeat_interleave_1, 0)
            ge_3: "Sym(u3 >= 0)" = sym_size_int_3 >= 0;  sym_size_int_3 = None
            _assert_scalar_default_5 = torch.ops.aten._assert_scalar.default(ge_3, "Runtime assertion failed for expression u3 >= 0 on node 'ge_3'");  ge_3 = _assert_scalar_default_5 = None
    
            # File: unbacked.py:70 in forward, code: picked = torch.masked_select(last, last > 0).sum() + torch.stack([s.sum() for s in some]).sum()
            gt_2: "b8[u3, 4]" = torch.ops.aten.gt.Scalar(repeat_interleave_1, 0)
            masked_select: "f32[u4]" = torch.ops.aten.masked_select.default(repeat_interleave_1, gt_2);  gt_2 = None
            sym_size_int_4: "Sym(u4)" = torch.ops.aten.sym_size.int(masked_select, 0)
            ge_4: "Sym(u4 >= 0)" = sym_size_int_4 >= 0;  sym_size_int_4 = None
            _assert_scalar_default_6 = torch.ops.aten._assert_scalar.default(ge_4, "Runtime assertion failed for expression u4 >= 0 on node 'ge_4'");  ge_4 = _assert_scalar_default_6 = None
            sum_3: "f32[]" = torch.ops.aten.sum.default(masked_select);  masked_select = None
            sum_4: "f32[]" = torch.ops.aten.sum.default(mul_1);  mul_1 = None
            sum_5: "f32[]" = torch.ops.aten.sum.default(repeat_interleave);  repeat_interleave = None
            sum_6: "f32[]" = torch.ops.aten.sum.default(mul_3);  mul_3 = None
            sum_7: "f32[]" = torch.ops.aten.sum.default(mul_4);  mul_4 = None
            sum_8: "f32[]" = torch.ops.aten.sum.default(mul_5);  mul_5 = None
            sum_9: "f32[]" = torch.ops.aten.sum.default(repeat_interleave_1)
            stack: "f32[6]" = torch.ops.aten.stack.default([sum_4, sum_5, sum_6, sum_7, sum_8, sum_9]);  sum_4 = sum_5 = sum_6 = sum_7 = sum_8 = sum_9 = None
            sum_10: "f32[]" = torch.ops.aten.sum.default(stack);  stack = None
            add: "f32[]" = torch.ops.aten.add.Tensor(sum_3, sum_10);  sum_3 = sum_10 = None
            return (add, repeat_interleave_1)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    p_b: PARAMETER target='b'
    x: USER_INPUT
    y: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    repeat_interleave_1: USER_OUTPUT
    
Range constraints: {zuf0: VR[-oo, oo], u0: VR[0, int_oo], zuf1: VR[-oo, oo], u1: VR[0, 24], u2: VR[0, 24], u3: VR[0, int_oo], u4: VR[0, 9223372036854775806]}
