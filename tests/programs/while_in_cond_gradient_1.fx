class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
        # No stacktrace found for following nodes
        gt: "b8[]" = torch.ops.aten.gt.Scalar(n, 2)
        long = self.true_graph_0
        short = self.false_graph_0
        cond = torch.ops.higher_order.cond(gt, long, short, (n, x, w));  long = short = None
        getitem: "f64[3]" = cond[0]
        sin: "f64[3]" = torch.ops.aten.sin.default(getitem)
        sum_1: "f64[]" = torch.ops.aten.sum.default(sin);  sin = None
        ones_like: "f64[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        expand: "f64[3]" = torch.ops.aten.expand.default(ones_like, [3]);  ones_like = None
        cos: "f64[3]" = torch.ops.aten.cos.default(getitem);  getitem = None
        mul: "f64[3]" = torch.ops.aten.mul.Tensor(expand, cos);  expand = cos = None
        true_graph_1 = self.true_graph_1
        false_graph_1 = self.false_graph_1
        getitem_1: "f64[3]" = cond[1];  cond = None
        cond_1 = torch.ops.higher_order.cond(gt, true_graph_1, false_graph_1, (n, x, w, getitem_1, mul));  gt = true_graph_1 = false_graph_1 = n = x = w = getitem_1 = mul = None
        getitem_2: "f64[3]" = cond_1[0]
        getitem_3: "f64[3, 3]" = cond_1[1];  cond_1 = None
        return (getitem_2, getitem_3)

    class true_graph_0(torch.nn.Module):
        def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
            # No stacktrace found for following nodes
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
            test = self.test
            step = self.step
            while_loop = torch.ops.higher_order.while_loop(test, step, (zeros, x), (n, w));  test = step = zeros = x = n = w = None
            getitem_1: "f64[3]" = while_loop[1];  while_loop = None
            zeros_1: "f64[3]" = torch.ops.aten.zeros.default([3], dtype = torch.float64)
            return (getitem_1, zeros_1)

        class test(torch.nn.Module):
            def forward(self, i: "i64[]", x: "f64[3]", n: "i64[]", w: "f64[3, 3]"):
                # No stacktrace found for following nodes
                lt: "b8[]" = torch.ops.aten.lt.Tensor(i, n);  i = n = None
                return (lt,)

        class step(torch.nn.Module):
            def forward(self, i: "i64[]", x: "f64[3]", n: "i64[]", w: "f64[3, 3]"):
                # No stacktrace found for following nodes
                add: "i64[]" = torch.ops.aten.add.Tensor(i, 1);  i = None
                mv: "f64[3]" = torch.ops.aten.mv.default(w, x);  w = x = None
                tanh: "f64[3]" = torch.ops.aten.tanh.default(mv);  mv = None
                return (add, tanh)

    class false_graph_0(torch.nn.Module):
        def forward(self, primals_0: "i64[]", primals_1: "f64[3]", primals_2: "f64[3, 3]"):
            # No stacktrace found for following nodes
            mv: "f64[3]" = torch.ops.aten.mv.default(primals_2, primals_1);  primals_2 = primals_1 = None
            cos: "f64[3]" = torch.ops.aten.cos.default(mv)
            sin: "f64[3]" = torch.ops.aten.sin.default(mv);  mv = None
            neg: "f64[3]" = torch.ops.aten.neg.default(sin);  sin = None
            # saved neg: f64[3], 24 bytes, not recomputed: cheaper to keep than what it is computed from
            return (cos, neg)

    class true_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f64[3]", arg2_1: "f64[3, 3]", arg3_1: "f64[3]", arg4_1: "f64[3]"):
            # No stacktrace found for following nodes
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
            while_loop_cond_graph_0 = self.while_loop_cond_graph_0
            while_loop_body_graph_0 = self.while_loop_body_graph_0
            zeros_1: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
            while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, arg1_1, arg1_1, zeros_1), (arg0_1, arg2_1));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = arg1_1 = zeros_1 = arg0_1 = None
            scan_combine_graph_0 = self.scan_combine_graph_0
            zeros_like: "f64[3, 3]" = torch.ops.aten.zeros_like.default(arg2_1)
            getitem_2: "b8[u0]" = while_loop_stack_output[3]
            flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
            getitem_3: "f64[u0, 3]" = while_loop_stack_output[2]
            flip_1: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
            getitem_4: "f64[u0, 3]" = while_loop_stack_output[1];  while_loop_stack_output = None
            flip_2: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
            scan = torch.ops.higher_order.scan(scan_combine_graph_0, [arg4_1, zeros_like], [flip, flip_1, flip_2], (arg2_1,));  scan_combine_graph_0 = arg4_1 = zeros_like = flip = flip_1 = flip_2 = arg2_1 = None
            getitem_5: "f64[3]" = scan[0]
            getitem_6: "f64[3, 3]" = scan[1];  scan = None
            return [getitem_5, getitem_6]

        class while_loop_cond_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f64[3]", arg2_1: "f64[3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f64[3, 3]"):
                # No stacktrace found for following nodes
                lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg4_1);  arg0_1 = arg4_1 = None
                return (lt,)

        class while_loop_body_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "i64[]", arg1_1: "f64[3]", arg2_1: "f64[3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f64[3, 3]"):
                # No stacktrace found for following nodes
                add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
                mv: "f64[3]" = torch.ops.aten.mv.default(arg5_1, arg1_1);  arg5_1 = None
                tanh: "f64[3]" = torch.ops.aten.tanh.default(mv);  mv = None
                clone: "f64[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
                ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
                return (add, tanh, clone, ones)

        class scan_combine_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f64[3]", arg1_1: "f64[3, 3]", arg2_1: "b8[]", arg3_1: "f64[3]", arg4_1: "f64[3]", arg5_1: "f64[3, 3]"):
                # No stacktrace found for following nodes
                tanh_backward: "f64[3]" = torch.ops.aten.tanh_backward.default(arg0_1, arg4_1);  arg4_1 = None
                view: "f64[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
                mul: "f64[3, 3]" = torch.ops.aten.mul.Tensor(view, arg3_1);  view = arg3_1 = None
                t: "f64[3, 3]" = torch.ops.aten.t.default(arg5_1);  arg5_1 = None
                mv_1: "f64[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
                where: "f64[3]" = torch.ops.aten.where.self(arg2_1, mv_1, arg0_1);  mv_1 = arg0_1 = None
                add: "f64[3, 3]" = torch.ops.aten.add.Tensor(arg1_1, mul);  mul = None
                where_1: "f64[3, 3]" = torch.ops.aten.where.self(arg2_1, add, arg1_1);  arg2_1 = add = arg1_1 = None
                return [where, where_1]

    class false_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f64[3]", arg2_1: "f64[3, 3]", arg3_1: "f64[3]", arg4_1: "f64[3]"):
            # No stacktrace found for following nodes
            mul: "f64[3]" = torch.ops.aten.mul.Tensor(arg4_1, arg3_1);  arg4_1 = arg3_1 = None
            view: "f64[3, 1]" = torch.ops.aten.view.default(mul, [3, 1])
            mul_1: "f64[3, 3]" = torch.ops.aten.mul.Tensor(view, arg1_1);  view = arg1_1 = None
            t: "f64[3, 3]" = torch.ops.aten.t.default(arg2_1);  arg2_1 = None
            mv_1: "f64[3]" = torch.ops.aten.mv.default(t, mul);  t = mul = None
            return [mv_1, mul_1]
