# A scan goes back over its items with what the minimum cut of the step keeps, stacked.
# run: grad=x,xs,w
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", xs: "f32[5, 3]", w: "f32[3, 3]"):
        scan_combine_graph_0 = self.scan_combine_graph_0
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [x], [xs], (w,))
        getitem: "f32[3]" = scan[0]
        getitem_1: "f32[5, 3]" = scan[1]
        return (getitem, getitem_1)

    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(arg2_1, arg0_1)
            add: "f32[3]" = torch.ops.aten.add.Tensor(mv, arg1_1)
            tanh: "f32[3]" = torch.ops.aten.tanh.default(add)
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(tanh, arg1_1)
            return [tanh, mul]
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[3]"; primals_2: "f32[5, 3]"; primals_3: "f32[3, 3]"; tangents_1: "f32[3]"; tangents_2: "f32[5, 3]";
        primals_1, primals_2, primals_3, tangents_1, tangents_2, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        scan_combine_graph_0 = self.scan_combine_graph_1
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [primals_1], [primals_2], (primals_3,));  scan_combine_graph_0 = primals_1 = None
        getitem: "f32[3]" = scan[0]
        getitem_1: "f32[5, 3]" = scan[1]
        getitem_2: "f32[5, 3]" = scan[2]
        getitem_3: "f32[5, 3]" = scan[3];  scan = None
        scan_combine_graph_2 = self.scan_combine_graph_2
        zeros_like: "f32[3, 3]" = torch.ops.aten.zeros_like.default(primals_3)
        flip: "f32[5, 3]" = torch.ops.aten.flip.default(tangents_2, [0]);  tangents_2 = None
        flip_1: "f32[5, 3]" = torch.ops.aten.flip.default(primals_2, [0]);  primals_2 = None
        flip_2: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        flip_3: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        scan_1 = torch.ops.higher_order.scan(scan_combine_graph_2, [tangents_1, zeros_like], [flip, flip_1, flip_2, flip_3], (primals_3,));  scan_combine_graph_2 = tangents_1 = zeros_like = flip = flip_1 = flip_2 = flip_3 = primals_3 = None
        getitem_4: "f32[3]" = scan_1[0]
        getitem_5: "f32[3, 3]" = scan_1[1]
        getitem_6: "f32[5, 3]" = scan_1[2];  scan_1 = None
        flip_4: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_6, [0]);  getitem_6 = None
        return pytree.tree_unflatten([getitem, getitem_1, getitem_4, flip_4, getitem_5], self._out_spec)
    class scan_combine_graph_1(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3]", primals_2: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(primals_2, primals_0);  primals_2 = None
            add: "f32[3]" = torch.ops.aten.add.Tensor(mv, primals_1);  mv = None
            tanh: "f32[3]" = torch.ops.aten.tanh.default(add);  add = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(tanh, primals_1);  primals_1 = None
            clone: "f32[3]" = torch.ops.aten.clone.default(primals_0);  primals_0 = None
            return (tanh, mul, tanh, clone)
    class scan_combine_graph_2(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]", arg2_1: "f32[3]", arg3_1: "f32[3]", arg4_1: "f32[3]", arg5_1: "f32[3]", arg6_1: "f32[3, 3]"):
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, arg4_1)
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, arg3_1);  arg2_1 = arg3_1 = None
            add_1: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, mul_2);  arg0_1 = mul_2 = None
            tanh_backward: "f32[3]" = torch.ops.aten.tanh_backward.default(add_1, arg4_1);  add_1 = arg4_1 = None
            add_2: "f32[3]" = torch.ops.aten.add.Tensor(mul_1, tanh_backward);  mul_1 = None
            view: "f32[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul_3: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg5_1);  view = arg5_1 = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg6_1);  arg6_1 = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            add: "f32[3, 3]" = torch.ops.aten.add.Tensor(arg1_1, mul_3);  arg1_1 = mul_3 = None
            return [mv_1, add, add_2]
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3]", primals_2: "f32[5, 3]", primals_3: "f32[3, 3]"):
        scan_combine_graph_0 = self.scan_combine_graph_1
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [primals_1], [primals_2], (primals_3,));  scan_combine_graph_0 = primals_1 = None
        getitem: "f32[3]" = scan[0]
        getitem_1: "f32[5, 3]" = scan[1]
        getitem_2: "f32[5, 3]" = scan[2]
        getitem_3: "f32[5, 3]" = scan[3];  scan = None
        return (getitem, getitem_1, primals_2, primals_3, getitem_2, getitem_3)
    class scan_combine_graph_1(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3]", primals_2: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(primals_2, primals_0);  primals_2 = None
            add: "f32[3]" = torch.ops.aten.add.Tensor(mv, primals_1);  mv = None
            tanh: "f32[3]" = torch.ops.aten.tanh.default(add);  add = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(tanh, primals_1);  primals_1 = None
            clone: "f32[3]" = torch.ops.aten.clone.default(primals_0);  primals_0 = None
            return (tanh, mul, tanh, clone)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_2: "f32[5, 3]", primals_3: "f32[3, 3]", getitem_2: "f32[5, 3]", getitem_3: "f32[5, 3]", tangents_1: "f32[3]", tangents_2: "f32[5, 3]"):
        flip: "f32[5, 3]" = torch.ops.aten.flip.default(tangents_2, [0]);  tangents_2 = None
        scan_combine_graph_2 = self.scan_combine_graph_2
        zeros_like: "f32[3, 3]" = torch.ops.aten.zeros_like.default(primals_3)
        flip_3: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        flip_2: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        flip_1: "f32[5, 3]" = torch.ops.aten.flip.default(primals_2, [0]);  primals_2 = None
        scan_1 = torch.ops.higher_order.scan(scan_combine_graph_2, [tangents_1, zeros_like], [flip, flip_1, flip_2, flip_3], (primals_3,));  scan_combine_graph_2 = tangents_1 = zeros_like = flip = flip_1 = flip_2 = flip_3 = primals_3 = None
        getitem_4: "f32[3]" = scan_1[0]
        getitem_5: "f32[3, 3]" = scan_1[1]
        getitem_6: "f32[5, 3]" = scan_1[2];  scan_1 = None
        flip_4: "f32[5, 3]" = torch.ops.aten.flip.default(getitem_6, [0]);  getitem_6 = None
        return (getitem_4, flip_4, getitem_5)
    class scan_combine_graph_2(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]", arg2_1: "f32[3]", arg3_1: "f32[3]", arg4_1: "f32[3]", arg5_1: "f32[3]", arg6_1: "f32[3, 3]"):
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, arg4_1)
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, arg3_1);  arg2_1 = arg3_1 = None
            add_1: "f32[3]" = torch.ops.aten.add.Tensor(arg0_1, mul_2);  arg0_1 = mul_2 = None
            tanh_backward: "f32[3]" = torch.ops.aten.tanh_backward.default(add_1, arg4_1);  add_1 = arg4_1 = None
            add_2: "f32[3]" = torch.ops.aten.add.Tensor(mul_1, tanh_backward);  mul_1 = None
            view: "f32[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul_3: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg5_1);  view = arg5_1 = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg6_1);  arg6_1 = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            add: "f32[3, 3]" = torch.ops.aten.add.Tensor(arg1_1, mul_3);  arg1_1 = mul_3 = None
            return [mv_1, add, add_2]
