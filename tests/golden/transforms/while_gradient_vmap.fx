# The gradient of each example: stacks get the batch behind their rows.
# run: infer transform=grad(x);vmap(size=4,in_dims=(None,0,None))
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
    def forward(self, n: "i64[]", x: "f32[4, 3]", w: "f32[3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        zeros_1: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_cond_graph_1_batched = self.while_loop_cond_graph_1_batched
        while_loop_body_graph_1_batched = self.while_loop_body_graph_1_batched
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_1_batched, while_loop_body_graph_1_batched, (zeros, x, x, zeros_1), (n, w));  while_loop_cond_graph_1_batched = while_loop_body_graph_1_batched = zeros = x = zeros_1 = n = None
        getitem_1: "f32[u0, 4, 3]" = while_loop_stack_output[1]
        transpose: "f32[4, u0, 3]" = torch.ops.aten.transpose.int(getitem_1, 0, 1);  getitem_1 = None
        getitem_2: "f32[u0, 4, 3]" = while_loop_stack_output[2]
        transpose_1: "f32[4, u0, 3]" = torch.ops.aten.transpose.int(getitem_2, 0, 1);  getitem_2 = None
        getitem_3: "b8[u0]" = while_loop_stack_output[3];  while_loop_stack_output = None
        select: "f32[4, 3]" = torch.ops.aten.select.int(transpose, 1, -1);  transpose = None
        clone: "f32[4, 3]" = torch.ops.aten.clone.default(select);  select = None
        sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(clone, [1]);  clone = None
        ones_like: "f32[4]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        unsqueeze: "f32[4, 1]" = torch.ops.aten.unsqueeze.default(ones_like, 1);  ones_like = None
        expand: "f32[4, 3]" = torch.ops.aten.expand.default(unsqueeze, [4, 3]);  unsqueeze = None
        flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        flip_1: "f32[4, u0, 3]" = torch.ops.aten.flip.default(transpose_1, [1]);  transpose_1 = None
        scan_combine_graph_0_batched = self.scan_combine_graph_0_batched
        transpose_2: "f32[u0, 4, 3]" = torch.ops.aten.transpose.int(flip_1, 0, 1);  flip_1 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0_batched, [expand], [flip, transpose_2], (w,));  scan_combine_graph_0_batched = expand = flip = transpose_2 = w = None
        getitem_4: "f32[4, 3]" = scan[0];  scan = None
        return (getitem_4,)
    class while_loop_cond_graph_1_batched(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[4, 3]", arg2_1: "f32[4, 3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f32[3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg4_1);  arg0_1 = arg4_1 = None
            return (lt,)
    class while_loop_body_graph_1_batched(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[4, 3]", arg2_1: "f32[4, 3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f32[3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            mul: "f32[4, 3]" = torch.ops.aten.mul.Tensor(arg1_1, arg5_1);  arg5_1 = None
            sin: "f32[4, 3]" = torch.ops.aten.sin.default(mul);  mul = None
            clone: "f32[4, 3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, sin, clone, ones)
    class scan_combine_graph_0_batched(torch.nn.Module):
        def forward(self, arg0_1: "f32[4, 3]", arg1_1: "b8[]", arg2_1: "f32[4, 3]", arg3_1: "f32[3]"):
            mul: "f32[4, 3]" = torch.ops.aten.mul.Tensor(arg2_1, arg3_1);  arg2_1 = None
            cos: "f32[4, 3]" = torch.ops.aten.cos.default(mul);  mul = None
            mul_1: "f32[4, 3]" = torch.ops.aten.mul.Tensor(arg0_1, cos);  cos = None
            mul_2: "f32[4, 3]" = torch.ops.aten.mul.Tensor(mul_1, arg3_1);  mul_1 = arg3_1 = None
            where: "f32[4, 3]" = torch.ops.aten.where.self(arg1_1, mul_2, arg0_1);  arg1_1 = mul_2 = arg0_1 = None
            return (where,)
