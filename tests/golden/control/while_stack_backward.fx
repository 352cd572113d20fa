# What a program stacks itself has a tangent in each row.
# run: grad=x
class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f32[3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        test = self.test
        step = self.step
        loop = torch.ops.higher_order.while_loop_stack_output(test, step, (zeros, x), (n,))
        y: "f32[u0, 3]" = loop[1]
        return (y,)

    class test(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f32[3]", n: "i64[]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(i, n)
            return (lt,)

    class step(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f32[3]", n: "i64[]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(i, 1)
            exp: "f32[3]" = torch.ops.aten.exp.default(x)
            return (add, exp)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "i64[]"; primals_2: "f32[3]"; tangents_1: "f32[u0, 3]";
        primals_1, primals_2, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        zeros_1: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, primals_2, primals_2, zeros_1), (primals_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = zeros_1 = primals_1 = None
        getitem_1: "f32[u0, 3]" = while_loop_stack_output[1]
        scan_combine_graph_0 = self.scan_combine_graph_0
        zeros_like: "f32[3]" = torch.ops.aten.zeros_like.default(primals_2);  primals_2 = None
        flip: "f32[u0, 3]" = torch.ops.aten.flip.default(tangents_1, [0]);  tangents_1 = None
        getitem_2: "b8[u0]" = while_loop_stack_output[3]
        flip_1: "b8[u0]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        getitem_3: "f32[u0, 3]" = while_loop_stack_output[2];  while_loop_stack_output = None
        flip_2: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [zeros_like], [flip, flip_1, flip_2], ());  scan_combine_graph_0 = zeros_like = flip = flip_1 = flip_2 = None
        getitem_4: "f32[3]" = scan[0];  scan = None
        return pytree.tree_unflatten([getitem_1, None, getitem_4], self._out_spec)
    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg4_1);  arg0_1 = arg4_1 = None
            return (lt,)
    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            exp: "f32[3]" = torch.ops.aten.exp.default(arg1_1)
            clone: "f32[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, exp, clone, ones)
    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "b8[]", arg3_1: "f32[3]"):
            add: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
            exp: "f32[3]" = torch.ops.aten.exp.default(arg3_1);  arg3_1 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(add, exp);  exp = None
            where: "f32[3]" = torch.ops.aten.where.self(arg2_1, mul, add);  arg2_1 = mul = add = None
            return [where]
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "i64[]", primals_2: "f32[3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        zeros_1: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, primals_2, primals_2, zeros_1), (primals_1,));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = zeros_1 = primals_1 = None
        getitem_1: "f32[u0, 3]" = while_loop_stack_output[1]
        getitem_2: "b8[u0]" = while_loop_stack_output[3]
        getitem_3: "f32[u0, 3]" = while_loop_stack_output[2];  while_loop_stack_output = None
        return (getitem_1, primals_2, getitem_2, getitem_3)
    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg4_1);  arg0_1 = arg4_1 = None
            return (lt,)
    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            exp: "f32[3]" = torch.ops.aten.exp.default(arg1_1)
            clone: "f32[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, exp, clone, ones)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_2: "f32[3]", getitem_2: "b8[u0]", getitem_3: "f32[u0, 3]", tangents_1: "f32[u0, 3]"):
        flip: "f32[u0, 3]" = torch.ops.aten.flip.default(tangents_1, [0]);  tangents_1 = None
        scan_combine_graph_0 = self.scan_combine_graph_0
        zeros_like: "f32[3]" = torch.ops.aten.zeros_like.default(primals_2);  primals_2 = None
        flip_2: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        flip_1: "b8[u0]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [zeros_like], [flip, flip_1, flip_2], ());  scan_combine_graph_0 = zeros_like = flip = flip_1 = flip_2 = None
        getitem_4: "f32[3]" = scan[0];  scan = None
        return (None, getitem_4)
    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "b8[]", arg3_1: "f32[3]"):
            add: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
            exp: "f32[3]" = torch.ops.aten.exp.default(arg3_1);  arg3_1 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(add, exp);  exp = None
            where: "f32[3]" = torch.ops.aten.where.self(arg2_1, mul, add);  arg2_1 = mul = add = None
            return [where]
