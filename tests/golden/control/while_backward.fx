# A loop of unknown length keeps what its backward reads in stacks; a row of no iteration passes gradients on.
# run: grad=x,w
class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f32[3]", w: "f32[3, 3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, x), (n, w))
        getitem: "f32[3]" = while_loop[1]
        sum_1: "f32[]" = torch.ops.aten.sum.default(getitem)
        return (sum_1,)

    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "i64[]", arg3_1: "f32[3, 3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg2_1)
            return (lt,)

    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "i64[]", arg3_1: "f32[3, 3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1)
            mm: "f32[3]" = torch.ops.aten.mv.default(arg3_1, arg1_1)
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mm)
            return (add, tanh)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "i64[]"; primals_2: "f32[3]"; primals_3: "f32[3, 3]"; tangents_1: "f32[]";
        primals_1, primals_2, primals_3, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_1 = self.while_loop_cond_graph_1
        while_loop_body_graph_1 = self.while_loop_body_graph_1
        zeros_1: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_1, while_loop_body_graph_1, (zeros, primals_2, primals_2, zeros_1), (primals_1, primals_3));  while_loop_cond_graph_1 = while_loop_body_graph_1 = zeros = primals_2 = zeros_1 = primals_1 = None
        getitem_1: "f32[u0, 3]" = while_loop_stack_output[1]
        select_1: "f32[3]" = torch.ops.aten.select.int(getitem_1, 0, -1);  getitem_1 = None
        clone_1: "f32[3]" = torch.ops.aten.clone.default(select_1);  select_1 = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(clone_1);  clone_1 = None
        expand: "f32[3]" = torch.ops.aten.expand.default(tangents_1, [3]);  tangents_1 = None
        scan_combine_graph_0 = self.scan_combine_graph_0
        zeros_like: "f32[3, 3]" = torch.ops.aten.zeros_like.default(primals_3)
        getitem_2: "b8[u0]" = while_loop_stack_output[3]
        flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        getitem_3: "f32[u0, 3]" = while_loop_stack_output[2]
        flip_1: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        getitem_4: "f32[u0, 3]" = while_loop_stack_output[1];  while_loop_stack_output = None
        flip_2: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [expand, zeros_like], [flip, flip_1, flip_2], (primals_3,));  scan_combine_graph_0 = expand = zeros_like = flip = flip_1 = flip_2 = primals_3 = None
        getitem_5: "f32[3]" = scan[0]
        getitem_6: "f32[3, 3]" = scan[1];  scan = None
        return pytree.tree_unflatten([sum_1, None, getitem_5, getitem_6], self._out_spec)
    class while_loop_cond_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f32[3, 3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg4_1);  arg0_1 = arg4_1 = None
            return (lt,)
    class while_loop_body_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f32[3, 3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            mv: "f32[3]" = torch.ops.aten.mv.default(arg5_1, arg1_1);  arg5_1 = None
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mv);  mv = None
            clone: "f32[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, tanh, clone, ones)
    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]", arg2_1: "b8[]", arg3_1: "f32[3]", arg4_1: "f32[3]", arg5_1: "f32[3, 3]"):
            tanh_backward: "f32[3]" = torch.ops.aten.tanh_backward.default(arg0_1, arg4_1);  arg4_1 = None
            view: "f32[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg3_1);  view = arg3_1 = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg5_1);  arg5_1 = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            where: "f32[3]" = torch.ops.aten.where.self(arg2_1, mv_1, arg0_1);  mv_1 = arg0_1 = None
            add: "f32[3, 3]" = torch.ops.aten.add.Tensor(arg1_1, mul);  mul = None
            where_1: "f32[3, 3]" = torch.ops.aten.where.self(arg2_1, add, arg1_1);  arg2_1 = add = arg1_1 = None
            return [where, where_1]
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "i64[]", primals_2: "f32[3]", primals_3: "f32[3, 3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_1 = self.while_loop_cond_graph_1
        while_loop_body_graph_1 = self.while_loop_body_graph_1
        zeros_1: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_1, while_loop_body_graph_1, (zeros, primals_2, primals_2, zeros_1), (primals_1, primals_3));  while_loop_cond_graph_1 = while_loop_body_graph_1 = zeros = primals_2 = zeros_1 = primals_1 = None
        getitem_1: "f32[u0, 3]" = while_loop_stack_output[1]
        getitem_2: "b8[u0]" = while_loop_stack_output[3]
        getitem_3: "f32[u0, 3]" = while_loop_stack_output[2];  while_loop_stack_output = None
        select_1: "f32[3]" = torch.ops.aten.select.int(getitem_1, 0, -1)
        clone_1: "f32[3]" = torch.ops.aten.clone.default(select_1);  select_1 = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(clone_1);  clone_1 = None
        return (sum_1, primals_3, getitem_1, getitem_2, getitem_3)
    class while_loop_cond_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f32[3, 3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg4_1);  arg0_1 = arg4_1 = None
            return (lt,)
    class while_loop_body_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f32[3, 3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            mv: "f32[3]" = torch.ops.aten.mv.default(arg5_1, arg1_1);  arg5_1 = None
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mv);  mv = None
            clone: "f32[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, tanh, clone, ones)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_3: "f32[3, 3]", getitem_1: "f32[u0, 3]", getitem_2: "b8[u0]", getitem_3: "f32[u0, 3]", tangents_1: "f32[]"):
        expand: "f32[3]" = torch.ops.aten.expand.default(tangents_1, [3]);  tangents_1 = None
        scan_combine_graph_0 = self.scan_combine_graph_0
        zeros_like: "f32[3, 3]" = torch.ops.aten.zeros_like.default(primals_3)
        flip_2: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_1, [0]);  getitem_1 = None
        flip_1: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [expand, zeros_like], [flip, flip_1, flip_2], (primals_3,));  scan_combine_graph_0 = expand = zeros_like = flip = flip_1 = flip_2 = primals_3 = None
        getitem_5: "f32[3]" = scan[0]
        getitem_6: "f32[3, 3]" = scan[1];  scan = None
        return (None, getitem_5, getitem_6)
    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]", arg2_1: "b8[]", arg3_1: "f32[3]", arg4_1: "f32[3]", arg5_1: "f32[3, 3]"):
            tanh_backward: "f32[3]" = torch.ops.aten.tanh_backward.default(arg0_1, arg4_1);  arg4_1 = None
            view: "f32[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg3_1);  view = arg3_1 = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg5_1);  arg5_1 = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            where: "f32[3]" = torch.ops.aten.where.self(arg2_1, mv_1, arg0_1);  mv_1 = arg0_1 = None
            add: "f32[3, 3]" = torch.ops.aten.add.Tensor(arg1_1, mul);  mul = None
            where_1: "f32[3, 3]" = torch.ops.aten.where.self(arg2_1, add, arg1_1);  arg2_1 = add = arg1_1 = None
            return [where, where_1]
