class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]", cotangents_1: "f64[3]", cotangents_2: "f64[3, 3]"):
        # No stacktrace found for following nodes
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        zeros_1: "f64[3]" = torch.ops.aten.zeros.default([3], dtype = torch.float64)
        zeros_2: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_cond_graph_1 = self.while_loop_cond_graph_1
        while_loop_body_graph_1 = self.while_loop_body_graph_1
        zeros_3: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_1, while_loop_body_graph_1, (zeros, x, x, zeros_1, zeros_2, x, zeros_3), (n, w));  while_loop_cond_graph_1 = while_loop_body_graph_1 = zeros = zeros_2 = zeros_3 = n = None
        getitem_1: "f64[u0, 3]" = while_loop_stack_output[1]
        getitem_2: "f64[u0, 3]" = while_loop_stack_output[2]
        getitem_3: "f64[u0, 3]" = while_loop_stack_output[3]
        getitem_4: "b8[u0]" = while_loop_stack_output[4]
        select: "f64[3]" = torch.ops.aten.select.int(getitem_1, 0, -1);  getitem_1 = None
        clone: "f64[3]" = torch.ops.aten.clone.default(select);  select = None
        sin: "f64[3]" = torch.ops.aten.sin.default(clone)
        sum_1: "f64[]" = torch.ops.aten.sum.default(sin);  sin = None
        ones_like: "f64[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        expand: "f64[3]" = torch.ops.aten.expand.default(ones_like, [3]);  ones_like = None
        cos: "f64[3]" = torch.ops.aten.cos.default(clone)
        mul: "f64[3]" = torch.ops.aten.mul.Tensor(expand, cos);  cos = None
        zeros_like: "f64[3, 3]" = torch.ops.aten.zeros_like.default(w)
        flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
        flip_1: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        flip_2: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        scan_combine_graph_0 = self.scan_combine_graph_1
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [mul, zeros_like], [flip, flip_1, flip_2], (w,));  scan_combine_graph_0 = mul = zeros_like = None
        getitem_5: "f64[3]" = scan[0]
        getitem_6: "f64[3, 3]" = scan[1]
        getitem_7: "f64[u0, 3]" = scan[2];  scan = None
        scan_combine_graph_2 = self.scan_combine_graph_2
        zeros_like_1: "f64[3, 3]" = torch.ops.aten.zeros_like.default(w)
        flip_3: "b8[u0]" = torch.ops.aten.flip.default(flip, [0]);  flip = None
        flip_4: "f64[u0, 3]" = torch.ops.aten.flip.default(flip_1, [0]);  flip_1 = None
        flip_5: "f64[u0, 3]" = torch.ops.aten.flip.default(flip_2, [0]);  flip_2 = None
        flip_6: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_7, [0]);  getitem_7 = None
        scan_1 = torch.ops.higher_order.scan(scan_combine_graph_2, [cotangents_1, cotangents_2, zeros_like_1], [flip_3, flip_4, flip_5, flip_6], (w,));  scan_combine_graph_2 = cotangents_1 = cotangents_2 = zeros_like_1 = flip_3 = flip_4 = flip_5 = flip_6 = None
        getitem_8: "f64[3]" = scan_1[0]
        getitem_9: "f64[3, 3]" = scan_1[2]
        getitem_10: "f64[u0, 3]" = scan_1[3]
        flip_7: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_10, [0]);  getitem_10 = None
        getitem_11: "f64[u0, 3]" = scan_1[4];  scan_1 = None
        flip_8: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_11, [0]);  getitem_11 = None
        flip_9: "f64[u0, 3]" = torch.ops.aten.flip.default(flip_8, [0]);  flip_8 = None
        flip_10: "f64[u0, 3]" = torch.ops.aten.flip.default(flip_7, [0]);  flip_7 = None
        mul_1: "f64[3]" = torch.ops.aten.mul.Tensor(getitem_8, expand);  getitem_8 = expand = None
        sin_1: "f64[3]" = torch.ops.aten.sin.default(clone);  clone = None
        neg: "f64[3]" = torch.ops.aten.neg.default(sin_1);  sin_1 = None
        mul_2: "f64[3]" = torch.ops.aten.mul.Tensor(mul_1, neg);  mul_1 = neg = None
        scan_combine_graph_3 = self.scan_combine_graph_3
        zeros_like_2: "f64[3]" = torch.ops.aten.zeros_like.default(x);  x = None
        zeros_like_3: "f64[3]" = torch.ops.aten.zeros_like.default(zeros_1);  zeros_1 = None
        zeros_like_4: "f64[3, 3]" = torch.ops.aten.zeros_like.default(w)
        flip_11: "f64[u0, 3]" = torch.ops.aten.flip.default(flip_10, [0]);  flip_10 = None
        flip_12: "f64[u0, 3]" = torch.ops.aten.flip.default(flip_9, [0]);  flip_9 = None
        getitem_12: "b8[u0]" = while_loop_stack_output[6]
        flip_13: "b8[u0]" = torch.ops.aten.flip.default(getitem_12, [0]);  getitem_12 = None
        getitem_13: "f64[u0, 3]" = while_loop_stack_output[5]
        flip_14: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_13, [0]);  getitem_13 = None
        getitem_14: "f64[u0, 3]" = while_loop_stack_output[3];  while_loop_stack_output = None
        flip_15: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_14, [0]);  getitem_14 = None
        scan_2 = torch.ops.higher_order.scan(scan_combine_graph_3, [mul_2, zeros_like_2, zeros_like_3, zeros_like_4], [flip_11, flip_12, flip_13, flip_14, flip_15], (w,));  scan_combine_graph_3 = mul_2 = zeros_like_2 = zeros_like_3 = zeros_like_4 = flip_11 = flip_12 = flip_13 = flip_14 = flip_15 = w = None
        getitem_15: "f64[3]" = scan_2[0]
        getitem_16: "f64[3]" = scan_2[1]
        getitem_17: "f64[3, 3]" = scan_2[3];  scan_2 = None
        add: "f64[3]" = torch.ops.aten.add.Tensor(getitem_15, getitem_16);  getitem_15 = getitem_16 = None
        add_1: "f64[3, 3]" = torch.ops.aten.add.Tensor(getitem_9, getitem_17);  getitem_9 = getitem_17 = None
        return (getitem_5, getitem_6, add, add_1)

    class while_loop_cond_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f64[3]", arg2_1: "f64[3]", arg3_1: "f64[3]", arg4_1: "b8[]", arg5_1: "f64[3]", arg6_1: "b8[]", arg7_1: "i64[]", arg8_1: "f64[3, 3]"):
            # No stacktrace found for following nodes
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg7_1);  arg0_1 = arg7_1 = None
            return (lt,)

    class while_loop_body_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f64[3]", arg2_1: "f64[3]", arg3_1: "f64[3]", arg4_1: "b8[]", arg5_1: "f64[3]", arg6_1: "b8[]", arg7_1: "i64[]", arg8_1: "f64[3, 3]"):
            # No stacktrace found for following nodes
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            mv: "f64[3]" = torch.ops.aten.mv.default(arg8_1, arg1_1);  arg8_1 = None
            tanh: "f64[3]" = torch.ops.aten.tanh.default(mv);  mv = None
            add_1: "f64[3]" = torch.ops.aten.add.Tensor(tanh, arg1_1)
            clone: "f64[3]" = torch.ops.aten.clone.default(arg1_1)
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            clone_1: "f64[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones_1: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, add_1, clone, tanh, ones, clone_1, ones_1)

    class scan_combine_graph_1(torch.nn.Module):
        def forward(self, primals_0: "f64[3]", primals_1: "f64[3, 3]", primals_2: "b8[]", primals_3: "f64[3]", primals_4: "f64[3]", primals_5: "f64[3, 3]"):
            # No stacktrace found for following nodes
            tanh_backward: "f64[3]" = torch.ops.aten.tanh_backward.default(primals_0, primals_4);  primals_4 = None
            view: "f64[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul: "f64[3, 3]" = torch.ops.aten.mul.Tensor(view, primals_3);  view = primals_3 = None
            t: "f64[3, 3]" = torch.ops.aten.t.default(primals_5);  primals_5 = None
            mv: "f64[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            add: "f64[3]" = torch.ops.aten.add.Tensor(primals_0, mv);  mv = None
            where: "f64[3]" = torch.ops.aten.where.self(primals_2, add, primals_0);  add = None
            add_1: "f64[3, 3]" = torch.ops.aten.add.Tensor(primals_1, mul);  mul = None
            where_1: "f64[3, 3]" = torch.ops.aten.where.self(primals_2, add_1, primals_1);  primals_2 = add_1 = primals_1 = None
            clone: "f64[3]" = torch.ops.aten.clone.default(primals_0);  primals_0 = None
            return (where, where_1, clone)

    class scan_combine_graph_2(torch.nn.Module):
        def forward(self, arg0_1: "f64[3]", arg1_1: "f64[3, 3]", arg2_1: "f64[3, 3]", arg3_1: "b8[]", arg4_1: "f64[3]", arg5_1: "f64[3]", arg6_1: "f64[3]", arg7_1: "f64[3, 3]"):
            # No stacktrace found for following nodes
            scalar_tensor: "f64[]" = torch.ops.aten.scalar_tensor.default(0, dtype = torch.float64, layout = torch.strided, device = device(type='cpu'))
            where_2: "f64[3, 3]" = torch.ops.aten.where.self(arg3_1, scalar_tensor, arg1_1)
            where_3: "f64[3, 3]" = torch.ops.aten.where.self(arg3_1, arg1_1, scalar_tensor);  arg1_1 = None
            add_2: "f64[3, 3]" = torch.ops.aten.add.Tensor(where_2, where_3);  where_2 = None
            where_4: "f64[3]" = torch.ops.aten.where.self(arg3_1, scalar_tensor, arg0_1)
            where_5: "f64[3]" = torch.ops.aten.where.self(arg3_1, arg0_1, scalar_tensor);  arg3_1 = arg0_1 = scalar_tensor = None
            add_3: "f64[3]" = torch.ops.aten.add.Tensor(where_4, where_5);  where_4 = None
            view_1: "f64[3, 1]" = torch.ops.aten.view.default(where_5, [3, 1])
            tanh_backward: "f64[3]" = torch.ops.aten.tanh_backward.default(arg6_1, arg5_1)
            mul_1: "f64[3, 3]" = torch.ops.aten.mul.Tensor(view_1, tanh_backward);  view_1 = None
            t: "f64[3, 3]" = torch.ops.aten.t.default(arg7_1);  arg7_1 = None
            t_1: "f64[3, 3]" = torch.ops.aten.t.default(t);  t = None
            mv_1: "f64[3]" = torch.ops.aten.mv.default(t_1, where_5);  t_1 = where_5 = None
            t_2: "f64[3, 3]" = torch.ops.aten.t.default(mul_1);  mul_1 = None
            view: "f64[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1]);  tanh_backward = None
            mul_2: "f64[3, 3]" = torch.ops.aten.mul.Tensor(where_3, view);  view = None
            mul_3: "f64[3, 3]" = torch.ops.aten.mul.Tensor(where_3, arg4_1);  where_3 = arg4_1 = None
            sum_1: "f64[3, 1]" = torch.ops.aten.sum.dim_IntList(mul_3, [1], True);  mul_3 = None
            sum_2: "f64[1, 3]" = torch.ops.aten.sum.dim_IntList(mul_2, [0], True);  mul_2 = None
            view_2: "f64[3]" = torch.ops.aten.view.default(sum_2, [3]);  sum_2 = None
            view_3: "f64[3]" = torch.ops.aten.view.default(sum_1, [3]);  sum_1 = None
            add_4: "f64[3]" = torch.ops.aten.add.Tensor(mv_1, view_3);  mv_1 = view_3 = None
            tanh_backward_1: "f64[3]" = torch.ops.aten.tanh_backward.default(add_4, arg5_1)
            mul_4: "f64[3]" = torch.ops.aten.mul.Scalar(arg5_1, -2);  arg5_1 = None
            mul_5: "f64[3]" = torch.ops.aten.mul.Tensor(mul_4, arg6_1);  mul_4 = arg6_1 = None
            mul_6: "f64[3]" = torch.ops.aten.mul.Tensor(add_4, mul_5);  add_4 = mul_5 = None
            add_5: "f64[3]" = torch.ops.aten.add.Tensor(add_3, tanh_backward_1);  add_3 = tanh_backward_1 = None
            add: "f64[3, 3]" = torch.ops.aten.add.Tensor(arg2_1, t_2);  arg2_1 = t_2 = None
            return [add_5, add_2, add, view_2, mul_6]

    class scan_combine_graph_3(torch.nn.Module):
        def forward(self, arg0_1: "f64[3]", arg1_1: "f64[3]", arg2_1: "f64[3]", arg3_1: "f64[3, 3]", arg4_1: "f64[3]", arg5_1: "f64[3]", arg6_1: "b8[]", arg7_1: "f64[3]", arg8_1: "f64[3]", arg9_1: "f64[3, 3]"):
            # No stacktrace found for following nodes
            add: "f64[3]" = torch.ops.aten.add.Tensor(arg1_1, arg4_1);  arg1_1 = arg4_1 = None
            add_1: "f64[3]" = torch.ops.aten.add.Tensor(arg2_1, arg5_1);  arg2_1 = arg5_1 = None
            add_2: "f64[3]" = torch.ops.aten.add.Tensor(add_1, arg0_1)
            add_3: "f64[3]" = torch.ops.aten.add.Tensor(add, arg0_1)
            tanh_backward: "f64[3]" = torch.ops.aten.tanh_backward.default(add_2, arg8_1);  add_2 = arg8_1 = None
            view: "f64[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul: "f64[3, 3]" = torch.ops.aten.mul.Tensor(view, arg7_1);  view = arg7_1 = None
            t: "f64[3, 3]" = torch.ops.aten.t.default(arg9_1);  arg9_1 = None
            mv_1: "f64[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            add_4: "f64[3]" = torch.ops.aten.add.Tensor(add_3, mv_1);  add_3 = mv_1 = None
            where: "f64[3]" = torch.ops.aten.where.self(arg6_1, add_4, arg0_1);  add_4 = arg0_1 = None
            zeros_like: "f64[3]" = torch.ops.aten.zeros_like.default(add)
            where_1: "f64[3]" = torch.ops.aten.where.self(arg6_1, zeros_like, add);  zeros_like = add = None
            zeros_like_1: "f64[3]" = torch.ops.aten.zeros_like.default(add_1)
            where_2: "f64[3]" = torch.ops.aten.where.self(arg6_1, zeros_like_1, add_1);  zeros_like_1 = add_1 = None
            add_5: "f64[3, 3]" = torch.ops.aten.add.Tensor(arg3_1, mul);  mul = None
            where_3: "f64[3, 3]" = torch.ops.aten.where.self(arg6_1, add_5, arg3_1);  arg6_1 = add_5 = arg3_1 = None
            return [where, where_1, where_2, where_3]
