ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_w: "f32[4, 4]", p_b: "f32[4]", x: "f32[6, 4]", y: "f32[6, 4]"):
            mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(x, p_b);  x = None
    
            select: "f32[6]" = torch.ops.aten.select.int(y, 1, 0)
            detach: "f32[6]" = torch.ops.aten.detach.default(select);  select = None
            abs_1: "f32[6]" = torch.ops.aten.abs.default(detach);  detach = None
            mul_1: "f32[6]" = torch.ops.aten.mul.Tensor(abs_1, 2);  abs_1 = None
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(mul_1, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i64[6]" = torch.ops.aten.to.dtype(mul_1, torch.int64);  mul_1 = None
            repeat_interleave: "f32[u0, 4]" = torch.ops.aten.repeat_interleave.self_Tensor(y, to, 0);  to = None
            sym_size_int_1: "Sym(u0)" = torch.ops.aten.sym_size.int(repeat_interleave, 0)
            ge_1: "Sym(u0 >= 0)" = sym_size_int_1 >= 0;  sym_size_int_1 = None
            _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u0 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(mul)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
    
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (mul, p_w, p_b));  gt = true_graph_0 = false_graph_0 = None
            getitem_2: "f32[u7, 4]" = cond[0];  cond = None
            sym_size_int_2: "Sym(u7)" = torch.ops.aten.sym_size.int(getitem_2, 0)
            ge_2: "Sym(u7 >= 0)" = sym_size_int_2 >= 0
            _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(ge_2, "Runtime assertion failed for expression u7 >= 0 on node 'ge_2'");  ge_2 = _assert_scalar_default_1 = None
            le: "Sym(u7 <= 6)" = sym_size_int_2 <= 6;  sym_size_int_2 = None
            _assert_scalar_default_2 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u7 <= 6 on node 'le'");  le = _assert_scalar_default_2 = None
    
            mean: "f32[]" = torch.ops.aten.mean.default(y)
            gt_1: "b8[]" = torch.ops.aten.gt.Scalar(mean, 0);  mean = None
    
            true_graph_1 = self.true_graph_1
            false_graph_1 = self.false_graph_1
            cond_1 = torch.ops.higher_order.cond(gt_1, true_graph_1, false_graph_1, (y, p_w));  gt_1 = true_graph_1 = false_graph_1 = y = None
            getitem_1: "f32[6, 4]" = cond_1[0];  cond_1 = None
    
            matmul: "f32[6, 4]" = torch.ops.aten.matmul.default(mul, p_w);  mul = p_w = None
            add: "f32[6, 4]" = torch.ops.aten.add.Tensor(matmul, p_b);  matmul = p_b = None
            tanh: "f32[6, 4]" = torch.ops.aten.tanh.default(add);  add = None
    
            gt_2: "b8[6, 4]" = torch.ops.aten.gt.Scalar(tanh, 0)
            masked_select: "f32[u11]" = torch.ops.aten.masked_select.default(tanh, gt_2);  gt_2 = None
            sym_size_int_3: "Sym(u11)" = torch.ops.aten.sym_size.int(masked_select, 0)
            ge_3: "Sym(u11 >= 0)" = sym_size_int_3 >= 0
            _assert_scalar_default_3 = torch.ops.aten._assert_scalar.default(ge_3, "Runtime assertion failed for expression u11 >= 0 on node 'ge_3'");  ge_3 = _assert_scalar_default_3 = None
            le_1: "Sym(u11 <= 24)" = sym_size_int_3 <= 24;  sym_size_int_3 = None
            _assert_scalar_default_4 = torch.ops.aten._assert_scalar.default(le_1, "Runtime assertion failed for expression u11 <= 24 on node 'le_1'");  le_1 = _assert_scalar_default_4 = None
            sum_2: "f32[]" = torch.ops.aten.sum.default(masked_select);  masked_select = None
            sum_3: "f32[]" = torch.ops.aten.sum.default(repeat_interleave);  repeat_interleave = None
            sum_4: "f32[]" = torch.ops.aten.sum.default(getitem_2);  getitem_2 = None
            sum_5: "f32[]" = torch.ops.aten.sum.default(getitem_1);  getitem_1 = None
            sum_6: "f32[]" = torch.ops.aten.sum.default(tanh)
            stack: "f32[4]" = torch.ops.aten.stack.default([sum_3, sum_4, sum_5, sum_6]);  sum_3 = sum_4 = sum_5 = sum_6 = None
            sum_7: "f32[]" = torch.ops.aten.sum.default(stack);  stack = None
            add_1: "f32[]" = torch.ops.aten.add.Tensor(sum_2, sum_7);  sum_2 = sum_7 = None
            return (add_1, tanh)
    
        class true_graph_0(torch.nn.Module):
            def forward(self, mul: "f32[6, 4]", p_w: "f32[4, 4]", p_b: "f32[4]"):
                select: "f32[6]" = torch.ops.aten.select.int(mul, 1, 2)
    
                gt: "b8[6]" = torch.ops.aten.gt.Scalar(select, -0.058350610106904455);  select = None
    
                index: "f32[u1, 4]" = torch.ops.aten.index.Tensor(mul, [gt]);  mul = gt = None
                sym_size_int_1: "Sym(u1)" = torch.ops.aten.sym_size.int(index, 0)
                ge_1: "Sym(u1 >= 0)" = sym_size_int_1 >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u1 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
                le: "Sym(u1 <= 6)" = sym_size_int_1 <= 6;  sym_size_int_1 = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u1 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
    
                matmul: "f32[u1, 4]" = torch.ops.aten.matmul.default(index, p_w);  index = p_w = None
    
                sin: "f32[u1, 4]" = torch.ops.aten.sin.default(matmul);  matmul = None
                return (sin,)
    
        class false_graph_0(torch.nn.Module):
            def forward(self, mul: "f32[6, 4]", p_w: "f32[4, 4]", p_b: "f32[4]"):
                select: "f32[6]" = torch.ops.aten.select.int(mul, 1, 2)
    
                lt: "b8[6]" = torch.ops.aten.lt.Scalar(select, -0.058350610106904455);  select = None
    
                nonzero: "i64[u2, 1]" = torch.ops.aten.nonzero.default(lt);  lt = None
                sym_size_int_1: "Sym(u2)" = torch.ops.aten.sym_size.int(nonzero, 0)
                ge_1: "Sym(u2 >= 0)" = sym_size_int_1 >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u2 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
                le: "Sym(u2 <= 6)" = sym_size_int_1 <= 6;  sym_size_int_1 = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u2 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
    
                squeeze: "i64[u2]" = torch.ops.aten.squeeze.dim(nonzero, 1);  nonzero = None
    
                index: "f32[u2, 4]" = torch.ops.aten.index.Tensor(mul, [squeeze]);  mul = squeeze = None
    
                mul_1: "f32[u2, 4]" = torch.ops.aten.mul.Tensor(index, p_b);  index = p_b = None
                return (mul_1,)
    
        class true_graph_1(torch.nn.Module):
            def forward(self, y: "f32[6, 4]", p_w: "f32[4, 4]"):
                select: "f32[6]" = torch.ops.aten.select.int(y, 1, 0)
    
                gt: "b8[6]" = torch.ops.aten.gt.Scalar(select, -0.6880576600142698);  select = None
    
                index: "f32[u8, 4]" = torch.ops.aten.index.Tensor(y, [gt]);  gt = None
                sym_size_int_1: "Sym(u8)" = torch.ops.aten.sym_size.int(index, 0)
                ge_1: "Sym(u8 >= 0)" = sym_size_int_1 >= 0
                _assert_scalar_default = torch.ops.aten._assert_scalar.default(ge_1, "Runtime assertion failed for expression u8 >= 0 on node 'ge_1'");  ge_1 = _assert_scalar_default = None
                le: "Sym(u8 <= 6)" = sym_size_int_1 <= 6;  sym_size_int_1 = None
                _assert_scalar_default_1 = torch.ops.aten._assert_scalar.default(le, "Runtime assertion failed for expression u8 <= 6 on node 'le'");  le = _assert_scalar_default_1 = None
    
                matmul: "f32[u8, 4]" = torch.ops.aten.matmul.default(index, p_w);  index = p_w = None
    
                sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(matmul, [0]);  matmul = None
    
                mul: "f32[6, 4]" = torch.ops.aten.mul.Tensor(y, sum_1);  y = sum_1 = None
                return (mul,)
    
        class false_graph_1(torch.nn.Module):
            def forward(self, y: "f32[6, 4]", p_w: "f32[4, 4]"):
                cos: "f32[6, 4]" = torch.ops.aten.cos.default(y);  y = None
                return (cos,)
    
Graph signature:
    # inputs
    p_w: PARAMETER target='w'
    p_b: PARAMETER target='b'
    x: USER_INPUT
    y: USER_INPUT
    
    # outputs
    add_1: USER_OUTPUT
    tanh: USER_OUTPUT
    
Range constraints: {u0: VR[0, int_oo], u1: VR[0, 6], u2: VR[0, 6], u3: VR[0, 6], u4: VR[0, 6], u5: VR[0, 6], u6: VR[0, 6], u7: VR[0, 6], u8: VR[0, 6], u9: VR[0, 6], u10: VR[0, 6], u11: VR[0, 24]}
