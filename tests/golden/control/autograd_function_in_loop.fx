# Where a body is computed again as a whole, nothing is left in it of a derivative of one's own.
# run: grad=x
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        test = self.test
        body = self.body
        start = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop = torch.ops.higher_order.while_loop(test, body, (start, x), ())
        last = while_loop[1]
        return (last,)

    class test(torch.nn.Module):
        def forward(self, i: "i64[]", h: "f32[4]"):
            lt = torch.ops.aten.lt.Scalar(i, 3)
            return lt

    class body(torch.nn.Module):
        def forward(self, i: "i64[]", h: "f32[4]"):
            fwd = self.fwd
            bwd = self.bwd
            following = torch.ops.aten.add.Tensor(i, 1)
            apply = torch.ops.higher_order.autograd_function_apply(fwd, bwd, h, non_differentiable_idx = [], saved_for_backward_idx = [])
            out = apply[0]
            sin = torch.ops.aten.sin.default(out)
            return (following, sin)

        class fwd(torch.nn.Module):
            def forward(self, h: "f32[4]"):
                sign = torch.ops.aten.sign.default(h)
                return ((sign,), ())

        class bwd(torch.nn.Module):
            def forward(self, g: "f32[4]"):
                half = torch.ops.aten.mul.Tensor(g, 0.5)
                return (half,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        zeros_1: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, primals_1, primals_1, zeros_1), ());  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros = primals_1 = zeros_1 = None
        getitem_1: "f32[u0, 4]" = while_loop_stack_output[1]
        getitem_2: "b8[u0]" = while_loop_stack_output[3]
        getitem_3: "f32[u0, 4]" = while_loop_stack_output[2];  while_loop_stack_output = None
        select_1: "f32[4]" = torch.ops.aten.select.int(getitem_1, 0, -1);  getitem_1 = None
        clone_1: "f32[4]" = torch.ops.aten.clone.default(select_1);  select_1 = None
        return (clone_1, getitem_2, getitem_3)
    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[4]", arg2_1: "f32[4]", arg3_1: "b8[]"):
            lt: "b8[]" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
            return (lt,)
    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[4]", arg2_1: "f32[4]", arg3_1: "b8[]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            sign: "f32[4]" = torch.ops.aten.sign.default(arg1_1)
            sin: "f32[4]" = torch.ops.aten.sin.default(sign);  sign = None
            clone: "f32[4]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, sin, clone, ones)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, getitem_2: "b8[u0]", getitem_3: "f32[u0, 4]", tangents_1: "f32[4]"):
        scan_combine_graph_0 = self.scan_combine_graph_0
        flip_1: "f32[u0, 4]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [tangents_1], [flip, flip_1], ());  scan_combine_graph_0 = tangents_1 = flip = flip_1 = None
        getitem_4: "f32[4]" = scan[0];  scan = None
        return (getitem_4,)
    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[4]", arg1_1: "b8[]", arg2_1: "f32[4]"):
            sign: "f32[4]" = torch.ops.aten.sign.default(arg2_1);  arg2_1 = None
            cos: "f32[4]" = torch.ops.aten.cos.default(sign);  sign = None
            mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, cos);  cos = None
            mul_1: "f32[4]" = torch.ops.aten.mul.Tensor(mul, 0.5);  mul = None
            where: "f32[4]" = torch.ops.aten.where.self(arg1_1, mul_1, arg0_1);  arg1_1 = mul_1 = arg0_1 = None
            return [where]
