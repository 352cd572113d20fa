class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
        # No stacktrace found for following nodes
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        zeros_1: "f64[3]" = torch.ops.aten.zeros.default([3], dtype = torch.float64)
        zeros_2: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, x, x, zeros_1, zeros_2), (n, w));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = x = zeros_1 = zeros_2 = n = None
        getitem_1: "f64[u0, 3]" = while_loop_stack_output[1]
        select_1: "f64[3]" = torch.ops.aten.select.int(getitem_1, 0, -1);  getitem_1 = None
        clone_1: "f64[3]" = torch.ops.aten.clone.default(select_1);  select_1 = None
        sin: "f64[3]" = torch.ops.aten.sin.default(clone_1)
        sum_1: "f64[]" = torch.ops.aten.sum.default(sin);  sin = None
        ones_like: "f64[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        expand: "f64[3]" = torch.ops.aten.expand.default(ones_like, [3]);  ones_like = None
        cos: "f64[3]" = torch.ops.aten.cos.default(clone_1);  clone_1 = None
        mul: "f64[3]" = torch.ops.aten.mul.Tensor(expand, cos);  expand = cos = None
        scan_combine_graph_0 = self.scan_combine_graph_0
        zeros_like: "f64[3, 3]" = torch.ops.aten.zeros_like.default(w)
        getitem_2: "b8[u0]" = while_loop_stack_output[4]
        flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        getitem_3: "f64[u0, 3]" = while_loop_stack_output[2]
        flip_1: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        getitem_4: "f64[u0, 3]" = while_loop_stack_output[3];  while_loop_stack_output = None
        flip_2: "f64[u0, 3]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [mul, zeros_like], [flip, flip_1, flip_2], (w,));  scan_combine_graph_0 = mul = zeros_like = flip = flip_1 = flip_2 = w = None
        getitem_5: "f64[3]" = scan[0]
        getitem_6: "f64[3, 3]" = scan[1];  scan = None
        return (getitem_5, getitem_6)

    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f64[3]", arg2_1: "f64[3]", arg3_1: "f64[3]", arg4_1: "b8[]", arg5_1: "i64[]", arg6_1: "f64[3, 3]"):
            # No stacktrace found for following nodes
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg5_1);  arg0_1 = arg5_1 = None
            return (lt,)

    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f64[3]", arg2_1: "f64[3]", arg3_1: "f64[3]", arg4_1: "b8[]", arg5_1: "i64[]", arg6_1: "f64[3, 3]"):
            # No stacktrace found for following nodes
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            mv: "f64[3]" = torch.ops.aten.mv.default(arg6_1, arg1_1);  arg6_1 = None
            tanh: "f64[3]" = torch.ops.aten.tanh.default(mv);  mv = None
            add_1: "f64[3]" = torch.ops.aten.add.Tensor(tanh, arg1_1)
            clone: "f64[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, add_1, clone, tanh, ones)

    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f64[3]", arg1_1: "f64[3, 3]", arg2_1: "b8[]", arg3_1: "f64[3]", arg4_1: "f64[3]", arg5_1: "f64[3, 3]"):
            # No stacktrace found for following nodes
            tanh_backward: "f64[3]" = torch.ops.aten.tanh_backward.default(arg0_1, arg4_1);  arg4_1 = None
            view: "f64[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul: "f64[3, 3]" = torch.ops.aten.mul.Tensor(view, arg3_1);  view = arg3_1 = None
            t: "f64[3, 3]" = torch.ops.aten.t.default(arg5_1);  arg5_1 = None
            mv_1: "f64[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            add_2: "f64[3]" = torch.ops.aten.add.Tensor(arg0_1, mv_1);  mv_1 = None
            where: "f64[3]" = torch.ops.aten.where.self(arg2_1, add_2, arg0_1);  add_2 = arg0_1 = None
            add: "f64[3, 3]" = torch.ops.aten.add.Tensor(arg1_1, mul);  mul = None
            where_1: "f64[3, 3]" = torch.ops.aten.where.self(arg2_1, add, arg1_1);  arg2_1 = add = arg1_1 = None
            return [where, where_1]
