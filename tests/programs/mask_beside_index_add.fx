ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, b_b0: "b8[2]", b_b1: "i64[]", b_b2: "i64[]", x: "f32[2, 4, 4, 3]", v: "f32[2]"):
            mul: "f32[2, 4, 4, 3]" = torch.ops.aten.mul.Tensor(x, 2);  x = None
    
            item: "Sym(u0)" = torch.ops.aten.item.default(b_b1);  b_b1 = None
            ge: "Sym(u0 >= -4)" = item >= -4
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge, "Runtime assertion failed for expression u0 >= -4 on node 'ge'");  ge = _assert_scalar_default = None
            le: "Sym(u0 <= 3)" = item <= 3
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u0 <= 3 on node 'le'");  le = _assert_scalar_default_1 = None
            lt: "Sym(u0 < 4)" = item < 4
            add: "Sym(u0 + 5)" = 5 + item
            gt_8: "Sym(u0 + 5 > 0)" = add > 0;  add = None
            and__4: "Sym((u0 < 4) & (u0 + 5 > 0))" = lt & gt_8;  lt = gt_8 = None
            _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(and__4, "Runtime assertion failed for expression (u0 < 4) & (0 < u0 + 5) on node 'and__4'");  and__4 = _assert_scalar_default_2 = None
            select: "f32[2, 4, 3]" = torch.ops.aten.select.int(mul, 1, item)
            slice_1: "f32[2, 1, 3]" = torch.ops.aten.slice.Tensor(select, 1, 0, 1);  select = None
            unsqueeze: "f32[2, 1, 1, 3]" = torch.ops.aten.unsqueeze.default(slice_1, 2);  slice_1 = None
            item_1: "Sym(u2)" = torch.ops.aten.item.default(b_b2);  b_b2 = None
            ge_1: "Sym(u2 >= -3)" = item_1 >= -3
            _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u2 >= -3 on node 'ge_1'");  ge_1 = _assert_scalar_default_3 = None
            le_1: "Sym(u2 <= 2)" = item_1 <= 2
            _assert_scalar_default_4 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u2 <= 2 on node 'le_1'");  le_1 = _assert_scalar_default_4 = None
            lt_1: "Sym(u2 < 3)" = item_1 < 3
            add_1: "Sym(u2 + 4)" = 4 + item_1
            gt_9: "Sym(u2 + 4 > 0)" = add_1 > 0;  add_1 = None
            and__5: "Sym((u2 < 3) & (u2 + 4 > 0))" = lt_1 & gt_9;  lt_1 = gt_9 = None
            _assert_scalar_default_5 = torch.ops.aten._assert_scalar.default(and__5, "Runtime assertion failed for expression (u2 < 3) & (0 < u2 + 4) on node 'and__5'");  and__5 = _assert_scalar_default_5 = None
            select_1: "f32[2, 1, 1]" = torch.ops.aten.select.int(unsqueeze, 3, item_1);  unsqueeze = None
            index: "f32[u4, 1, 1]" = torch.ops.aten.index.Tensor(select_1, [b_b0]);  select_1 = None
            sym_size_int_1: "Sym(u4)" = torch.ops.aten.sym_size.int(index, 0)
            ge_2: "Sym(u4 >= 0)" = sym_size_int_1 >= 0
            _assert_scalar_default_6 = torch.ops.aten._assert_scalar.default(ge_2, "Runtime assertion failed for expression u4 >= 0 on node 'ge_2'");  ge_2 = _assert_scalar_default_6 = None
            le_2: "Sym(u4 <= 2)" = sym_size_int_1 <= 2;  sym_size_int_1 = None
            _assert_scalar_default_7 = torch.ops.aten._assert_scalar.default(le_2, "Runtime assertion failed for expression u4 <= 2 on node 'le_2'");  le_2 = _assert_scalar_default_7 = None
            select_2: "f32[]" = torch.ops.aten.select.int(v, 0, 0);  v = None
            add_: "f32[u4, 1, 1]" = torch.ops.aten.add_.Tensor(index, select_2);  index = select_2 = None
            select_3: "f32[2, 4, 3]" = torch.ops.aten.select.int(mul, 1, item);  item = None
            slice_2: "f32[2, 1, 3]" = torch.ops.aten.slice.Tensor(select_3, 1, 0, 1);  select_3 = None
            unsqueeze_1: "f32[2, 1, 1, 3]" = torch.ops.aten.unsqueeze.default(slice_2, 2);  slice_2 = None
            select_4: "f32[2, 1, 1]" = torch.ops.aten.select.int(unsqueeze_1, 3, item_1);  unsqueeze_1 = item_1 = None
            index_put_: "f32[2, 1, 1]" = torch.ops.aten.index_put_.default(select_4, [b_b0], add_);  select_4 = b_b0 = add_ = index_put_ = None
            sin: "f32[2, 4, 4, 3]" = torch.ops.aten.sin.default(mul);  mul = None
            return (sin,)
    
Graph signature:
    # inputs
    b_b0: BUFFER target='b0' persistent=True
    b_b1: BUFFER target='b1' persistent=True
    b_b2: BUFFER target='b2' persistent=True
    x: USER_INPUT
    v: USER_INPUT
    
    # outputs
    sin: USER_OUTPUT
    
Range constraints: {u0: VR[-4, 3], u1: VR[-int_oo, int_oo], u2: VR[-3, 2], u3: VR[-int_oo, int_oo], u4: VR[0, 2], u5: VR[-int_oo, int_oo], u6: VR[-int_oo, int_oo]}
