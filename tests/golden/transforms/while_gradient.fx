# The gradient of a loop of unknown length is a program with one: its stacks have a size that only a run knows.
# run: infer transform=grad(x)
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
    def forward(self, n: "i64[]", x: "f32[3]", w: "f32[3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        while_loop_cond_graph_1 = self.while_loop_cond_graph_1
        while_loop_body_graph_1 = self.while_loop_body_graph_1
        zeros_1: "b8[]" = torch.ops.aten.zeros.default([], dtype = torch.bool)
        while_loop_stack_output = torch.ops.higher_order.while_loop_stack_output(while_loop_cond_graph_1, while_loop_body_graph_1, (zeros, x, x, zeros_1), (n, w));  while_loop_cond_graph_1 = while_loop_body_graph_1 = zeros = x = zeros_1 = n = None
        getitem_1: "f32[u0, 3]" = while_loop_stack_output[1]
        select_1: "f32[3]" = torch.ops.aten.select.int(getitem_1, 0, -1);  getitem_1 = None
        clone_1: "f32[3]" = torch.ops.aten.clone.default(select_1);  select_1 = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(clone_1);  clone_1 = None
        ones_like: "f32[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        expand: "f32[3]" = torch.ops.aten.expand.default(ones_like, [3]);  ones_like = None
        scan_combine_graph_0 = self.scan_combine_graph_0
        getitem_2: "b8[u0]" = while_loop_stack_output[3]
        flip: "b8[u0]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        getitem_3: "f32[u0, 3]" = while_loop_stack_output[2];  while_loop_stack_output = None
        flip_1: "f32[u0, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [expand], [flip, flip_1], (w,));  scan_combine_graph_0 = expand = flip = flip_1 = w = None
        getitem_4: "f32[3]" = scan[0];  scan = None
        return (getitem_4,)
    class while_loop_cond_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f32[3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(arg0_1, arg4_1);  arg0_1 = arg4_1 = None
            return (lt,)
    class while_loop_body_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "i64[]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "b8[]", arg4_1: "i64[]", arg5_1: "f32[3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, arg5_1);  arg5_1 = None
            sin: "f32[3]" = torch.ops.aten.sin.default(mul);  mul = None
            clone: "f32[3]" = torch.ops.aten.clone.default(arg1_1);  arg1_1 = None
            ones: "b8[]" = torch.ops.aten.ones.default([], dtype = torch.bool)
            return (add, sin, clone, ones)
    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "b8[]", arg2_1: "f32[3]", arg3_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, arg3_1);  arg2_1 = None
            cos: "f32[3]" = torch.ops.aten.cos.default(mul);  mul = None
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, cos);  cos = None
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(mul_1, arg3_1);  mul_1 = arg3_1 = None
            where: "f32[3]" = torch.ops.aten.where.self(arg1_1, mul_2, arg0_1);  arg1_1 = mul_2 = arg0_1 = None
            return [where]
