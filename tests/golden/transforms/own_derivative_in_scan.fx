# The forward is computed without history, and its sine is not that of the derivative, which has one: the second
# derivative of a loop goes through the derivative's (cos in the loop behind the backward's).
# run: grad=h transform=grad(xs)
class M(torch.nn.Module):
    def forward(self, h: "f32[3]", xs: "f32[5, 3]"):
        combine = self.combine
        scan = torch.ops.higher_order.scan(combine, [h], [xs], [])
        last: "f32[3]" = scan[0]
        return (last.sum(),)

    class combine(torch.nn.Module):
        def forward(self, c: "f32[3]", x: "f32[3]"):
            fwd = self.fwd
            bwd = self.bwd
            y: "f32[3]" = torch.ops.higher_order.autograd_function_apply(fwd, bwd, c, x, non_differentiable_idx = [], saved_for_backward_idx = [0, 1])
            mul: "f32[3]" = y * 1.0
            return (mul,)

        class fwd(torch.nn.Module):
            def forward(self, c: "f32[3]", x: "f32[3]"):
                sin: "f32[3]" = c.sin()
                mul: "f32[3]" = sin * x
                return (mul, (c, x))

        class bwd(torch.nn.Module):
            def forward(self, g: "f32[3]", c: "f32[3]", x: "f32[3]"):
                mul: "f32[3]" = g * x
                sin: "f32[3]" = c.sin()
                mul_1: "f32[3]" = g * sin
                return (mul, mul_1)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[3]"; primals_2: "f32[5, 3]"; tangents_1: "f32[5, 3]";
        primals_1, primals_2, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        scan_combine_graph_0 = self.scan_combine_graph_4
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [primals_1], [primals_2], []);  scan_combine_graph_0 = None
        getitem: "f32[3]" = scan[0]
        getitem_1: "f32[5, 3]" = scan[1];  scan = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(getitem);  getitem = None
        ones_like: "f32[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        expand: "f32[3]" = torch.ops.aten.expand.default(ones_like, [3]);  ones_like = None
        flip: "f32[5, 3]" = torch.ops.aten.flip.default(primals_2, [0])
        flip_1: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_1, [0]);  getitem_1 = None
        scan_combine_graph_1 = self.scan_combine_graph_2
        scan_1 = torch.ops.higher_order.scan(scan_combine_graph_1, [expand], [flip, flip_1], ());  scan_combine_graph_1 = None
        getitem_3: "f32[5, 3]" = scan_1[1]
        flip_2: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        flip_3: "f32[5, 3]" = torch.ops.aten.flip.default(tangents_1, [0]);  tangents_1 = None
        getitem_4: "f32[5, 3]" = scan_1[2];  scan_1 = None
        scan_combine_graph_3 = self.scan_combine_graph_3
        zeros_like: "f32[3]" = torch.ops.aten.zeros_like.default(expand);  expand = None
        flip_4: "f32[5, 3]" = torch.ops.aten.flip.default(flip_3, [0]);  flip_3 = None
        flip_5: "f32[5, 3]" = torch.ops.aten.flip.default(flip, [0]);  flip = None
        flip_6: "f32[5, 3]" = torch.ops.aten.flip.default(flip_1, [0]);  flip_1 = None
        flip_7: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
        scan_2 = torch.ops.higher_order.scan(scan_combine_graph_3, [zeros_like], [flip_4, flip_5, flip_6, flip_7], ());  scan_combine_graph_3 = zeros_like = flip_4 = flip_5 = flip_6 = flip_7 = None
        getitem_5: "f32[5, 3]" = scan_2[1];  scan_2 = None
        flip_8: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_5, [0]);  getitem_5 = None
        flip_9: "f32[5, 3]" = torch.ops.aten.flip.default(flip_8, [0]);  flip_8 = None
        scan_combine_graph_5 = self.scan_combine_graph_5
        zeros_like_1: "f32[3]" = torch.ops.aten.zeros_like.default(primals_1);  primals_1 = None
        flip_10: "f32[5, 3]" = torch.ops.aten.flip.default(flip_9, [0]);  flip_9 = None
        flip_11: "f32[5, 3]" = torch.ops.aten.flip.default(primals_2, [0]);  primals_2 = None
        scan_3 = torch.ops.higher_order.scan(scan_combine_graph_5, [zeros_like_1], [flip_10, flip_11], ());  scan_combine_graph_5 = zeros_like_1 = flip_10 = flip_11 = None
        getitem_6: "f32[3]" = scan_3[0];  scan_3 = None
        return pytree.tree_unflatten([flip_2, getitem_6, None], self._out_spec)
    class scan_combine_graph_2(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3]", primals_2: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(primals_0, 1.0)
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, primals_1);  primals_1 = None
            sin: "f32[3]" = torch.ops.aten.sin.default(primals_2);  primals_2 = None
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(mul, sin);  mul = sin = None
            clone: "f32[3]" = torch.ops.aten.clone.default(primals_0);  primals_0 = None
            return (mul_1, mul_2, clone)
    class scan_combine_graph_3(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "f32[3]", arg4_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg4_1, 1.0);  arg4_1 = None
            mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, mul);  mul = None
            sin: "f32[3]" = torch.ops.aten.sin.default(arg3_1)
            mul_4: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, sin);  arg1_1 = sin = None
            cos: "f32[3]" = torch.ops.aten.cos.default(arg3_1);  arg3_1 = None
            mul_5: "f32[3]" = torch.ops.aten.mul.Tensor(mul_3, cos);  mul_3 = cos = None
            mul_6: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg2_1);  arg0_1 = arg2_1 = None
            add: "f32[3]" = torch.ops.aten.add.Tensor(mul_4, mul_6);  mul_4 = mul_6 = None
            mul_7: "f32[3]" = torch.ops.aten.mul.Tensor(add, 1.0);  add = None
            return [mul_7, mul_5]
    class scan_combine_graph_4(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3]"):
            sin: "f32[3]" = torch.ops.aten.sin.default(primals_0)
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(sin, primals_1);  sin = primals_1 = None
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, 1.0);  mul = None
            clone: "f32[3]" = torch.ops.aten.clone.default(primals_0);  primals_0 = None
            return (mul_1, clone)
    class scan_combine_graph_5(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, 1.0);  arg0_1 = None
            mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(mul_2, arg2_1);  mul_2 = arg2_1 = None
            add: "f32[3]" = torch.ops.aten.add.Tensor(arg1_1, mul_3);  arg1_1 = mul_3 = None
            return [add]
