# Twice: the loop that stacks is differentiated again, and rows of stacks have gradients, which the scan stacks.
# run: infer transform=grad(x);jvp(w)
class M(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f32[3]", w: "f32[3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros, x), (n, w))
        getitem: "f32[3]" = while_loop[1]
        sum_1: "f32[]" = torch.ops.aten.sum.default(getitem)
        return (sum_1,)

    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "i64[]", arg3_1: "f32[3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg2_1)
            return (lt,)

    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "i64[]", arg3_1: "f32[3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1)
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, arg3_1)
            sin: "f32[3]" = torch.ops.aten.sin.default(mul)
            return (add, sin)
# expect input:
class M(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f32[3]", w: "f32[3]", tangents_1: "f32[3]"):
        zeros: "f32[3]" = torch.ops.aten.zeros.default([3], dtype = torch.float32)
        zeros_1: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        zeros_2: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        zeros_3: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_0, while_loop_body_graph_0, (zeros_1, x, x, zeros_2, x, zeros_3), (n, w));  while_loop_cond_graph_0 = while_loop_body_graph_0 = zeros_1 = zeros_2 = zeros_3 = n = None
        getitem_1: "f32[u0, 3]" = while_loop_stack_output[1]
        getitem_2: "f32[u0, 3]" = while_loop_stack_output[2]
        getitem_3: "b8[u0]" = while_loop_stack_output[3]
        getitem_4: "f32[u0, 3]" = while_loop_stack_output[4]
        getitem_5: "b8[u0]" = while_loop_stack_output[5];  while_loop_stack_output = None
        select: "f32[3]" = torch.ops.aten.select.int(getitem_1, 0, -1);  getitem_1 = None
        clone: "f32[3]" = torch.ops.aten.clone.default(select);  select = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(clone);  clone = None
        ones_like: "f32[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        expand: "f32[3]" = torch.ops.aten.expand.default(ones_like, [3]);  ones_like = None
        flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        flip_1: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        scan_combine_graph_1 = self.scan_combine_graph_1
        scan = torch.ops.higher_order.scan(scan_combine_graph_1, [expand], [flip, flip_1], (w,));  scan_combine_graph_1 = expand = None
        getitem_6: "f32[3]" = scan[0]
        getitem_7: "f32[u0, 3]" = scan[1];  scan = None
        flip_2: "b8[u0]" = torch.ops.aten.flip.default(flip, [0]);  flip = None
        flip_3: "f32[u0, 3]" = torch.ops.aten.flip.default(flip_1, [0]);  flip_1 = None
        flip_4: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_7, [0]);  getitem_7 = None
        zeros_like_1: "f32[3]" = torch.ops.aten.zeros_like.default(x)
        zeros_like_2: "f32[3]" = torch.ops.aten.zeros_like.default(x);  x = None
        flip_8: "b8[u0]" = torch.ops.aten.flip.default(getitem_5, [0]);  getitem_5 = None
        flip_9: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
        scan_combine_graph_4 = self.scan_combine_graph_4
        zeros_like_4: "f32[3]" = torch.ops.aten.zeros_like.default(zeros_like_1);  zeros_like_1 = None
        zeros_like_5: "f32[3]" = torch.ops.aten.zeros_like.default(zeros_like_2);  zeros_like_2 = None
        flip_10: "b8[u0]" = torch.ops.aten.flip.default(flip_8, [0]);  flip_8 = None
        flip_11: "f32[u0, 3]" = torch.ops.aten.flip.default(flip_9, [0]);  flip_9 = None
        scan_3 = torch.ops.higher_order.scan(scan_combine_graph_4, [zeros_like_4, zeros_like_5, tangents_1], [flip_10, flip_11], (w,));  scan_combine_graph_4 = zeros_like_4 = zeros_like_5 = flip_10 = flip_11 = None
        getitem: "f32[u0, 3]" = scan_3[3];  scan_3 = None
        flip_12: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem, [0]);  getitem = None
        flip_13: "f32[u0, 3]" = torch.ops.aten.flip.default(flip_12, [0]);  flip_12 = None
        flip_14: "f32[u0, 3]" = torch.ops.aten.flip.default(flip_13, [0]);  flip_13 = None
        flip_15: "f32[u0, 3]" = torch.ops.aten.flip.default(flip_14, [0]);  flip_14 = None
        scan_combine_graph_6 = self.scan_combine_graph_6
        zeros_like_6: "f32[3]" = torch.ops.aten.zeros_like.default(zeros);  zeros = None
        flip_16: "f32[u0, 3]" = torch.ops.aten.flip.default(flip_15, [0]);  flip_15 = None
        flip_17: "b8[u0]" = torch.ops.aten.flip.default(flip_2, [0]);  flip_2 = None
        flip_18: "f32[u0, 3]" = torch.ops.aten.flip.default(flip_3, [0]);  flip_3 = None
        flip_19: "f32[u0, 3]" = torch.ops.aten.flip.default(flip_4, [0]);  flip_4 = None
        scan_4 = torch.ops.higher_order.scan(scan_combine_graph_6, [zeros_like_6, tangents_1], [flip_16, flip_17, flip_18, flip_19], (w,));  scan_combine_graph_6 = zeros_like_6 = tangents_1 = flip_16 = flip_17 = flip_18 = flip_19 = w = None
        getitem_14: "f32[3]" = scan_4[0];  scan_4 = None
        return (getitem_6, getitem_14)
    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "f32[3]", arg5_1: "b8[]", arg6_1: "i64[]", arg7_1: "f32[3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg6_1);  arg0_1 = arg6_1 = None
            return (lt,)
    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "f32[3]", arg5_1: "b8[]", arg6_1: "i64[]", arg7_1: "f32[3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, arg7_1);  arg7_1 = None
            sin: "f32[3]" = torch.ops.aten.sin.default(mul);  mul = None
            clone: "f32[3]" = torch.ops.aten.clone.default(arg1_1)
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            clone_1: "f32[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones_1: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, sin, clone, ones, clone_1, ones_1)
    class scan_combine_graph_1(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "b8[]", primals_2: "f32[3]", primals_3: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(primals_2, primals_3);  primals_2 = None
            cos: "f32[3]" = torch.ops.aten.cos.default(mul);  mul = None
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(primals_0, cos);  cos = None
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(mul_1, primals_3);  mul_1 = primals_3 = None
            where: "f32[3]" = torch.ops.aten.where.self(primals_1, mul_2, primals_0);  primals_1 = mul_2 = None
            clone: "f32[3]" = torch.ops.aten.clone.default(primals_0);  primals_0 = None
            return (where, clone)
    class scan_combine_graph_4(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "f32[3]", arg5_1: "f32[3]"):
            scalar_tensor: "f32[]" = torch.ops.aten.scalar_tensor.default(0, dtype = torch.float32, layout = torch.strided, device = device(type='cpu'))
            where_3: "f32[3]" = torch.ops.aten.where.self(arg3_1, scalar_tensor, arg2_1)
            where_4: "f32[3]" = torch.ops.aten.where.self(arg3_1, arg2_1, scalar_tensor);  arg2_1 = None
            add_3: "f32[3]" = torch.ops.aten.add.Tensor(where_3, where_4);  where_3 = None
            where_5: "f32[3]" = torch.ops.aten.where.self(arg3_1, scalar_tensor, arg1_1);  arg1_1 = None
            where_6: "f32[3]" = torch.ops.aten.where.self(arg3_1, scalar_tensor, arg0_1)
            where_7: "f32[3]" = torch.ops.aten.where.self(arg3_1, arg0_1, scalar_tensor);  arg3_1 = arg0_1 = scalar_tensor = None
            add_4: "f32[3]" = torch.ops.aten.add.Tensor(where_5, where_7);  where_5 = None
            mul_4: "f32[3]" = torch.ops.aten.mul.Tensor(where_7, arg5_1);  where_7 = None
            mul_5: "f32[3]" = torch.ops.aten.mul.Tensor(where_4, arg4_1);  where_4 = None
            add_5: "f32[3]" = torch.ops.aten.add.Tensor(mul_4, mul_5);  mul_4 = mul_5 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg4_1, arg5_1);  arg4_1 = arg5_1 = None
            cos: "f32[3]" = torch.ops.aten.cos.default(mul);  mul = None
            mul_6: "f32[3]" = torch.ops.aten.mul.Tensor(add_5, cos);  add_5 = cos = None
            add_6: "f32[3]" = torch.ops.aten.add.Tensor(where_6, mul_6);  where_6 = mul_6 = None
            return [add_6, add_4, add_3, add_4]
    class scan_combine_graph_6(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "f32[3]", arg5_1: "f32[3]", arg6_1: "f32[3]"):
            mul_9: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, arg6_1);  arg2_1 = None
            mul_10: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, arg4_1)
            add_3: "f32[3]" = torch.ops.aten.add.Tensor(mul_9, mul_10);  mul_9 = mul_10 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg4_1, arg6_1);  arg4_1 = None
            sin: "f32[3]" = torch.ops.aten.sin.default(mul)
            neg: "f32[3]" = torch.ops.aten.neg.default(sin);  sin = None
            mul_11: "f32[3]" = torch.ops.aten.mul.Tensor(add_3, neg);  add_3 = neg = None
            cos: "f32[3]" = torch.ops.aten.cos.default(mul);  mul = None
            mul_12: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, cos)
            mul_13: "f32[3]" = torch.ops.aten.mul.Tensor(mul_11, arg5_1);  mul_11 = None
            add_4: "f32[3]" = torch.ops.aten.add.Tensor(mul_12, mul_13);  mul_12 = mul_13 = None
            mul_14: "f32[3]" = torch.ops.aten.mul.Tensor(add_4, arg6_1);  add_4 = arg6_1 = None
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg5_1, cos);  arg5_1 = cos = None
            mul_15: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, mul_1);  mul_1 = None
            add_5: "f32[3]" = torch.ops.aten.add.Tensor(mul_14, mul_15);  mul_14 = mul_15 = None
            scalar_tensor: "f32[]" = torch.ops.aten.scalar_tensor.default(0, dtype = torch.float32, layout = torch.strided, device = device(type='cpu'))
            where_2: "f32[3]" = torch.ops.aten.where.self(arg3_1, add_5, scalar_tensor);  add_5 = None
            where_3: "f32[3]" = torch.ops.aten.where.self(arg3_1, scalar_tensor, arg0_1);  arg3_1 = scalar_tensor = arg0_1 = None
            add_6: "f32[3]" = torch.ops.aten.add.Tensor(where_2, where_3);  where_2 = where_3 = None
            return [add_6, arg1_1]
