# A map goes back over its items with what the minimum cut of the body keeps, stacked; gradients of arguments are summed.
# run: grad=xs,w
class GraphModule(torch.nn.Module):
    def forward(self, xs: "f32[5, 3]", w: "f32[3, 3]"):
        body_graph_0 = self.body_graph_0
        map_impl = torch.ops.higher_order.map_impl(body_graph_0, [xs], [w])
        getitem: "f32[5, 3]" = map_impl[0]
        return (getitem,)

    class body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(arg1_1, arg0_1)
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mv)
            return (tanh,)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[5, 3]"; primals_2: "f32[3, 3]"; tangents_1: "f32[5, 3]";
        primals_1, primals_2, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        body_graph_0 = self.body_graph_1
        map_impl = torch.ops.higher_order.map_impl(body_graph_0, [primals_1], [primals_2]);  body_graph_0 = None
        getitem: "f32[5, 3]" = map_impl[0]
        getitem_1: "f32[5, 3]" = map_impl[0];  map_impl = None
        body_graph_2 = self.body_graph_2
        map_impl_1 = torch.ops.higher_order.map_impl(body_graph_2, [primals_1, getitem_1, tangents_1], [primals_2]);  body_graph_2 = primals_1 = getitem_1 = tangents_1 = primals_2 = None
        getitem_2: "f32[5, 3]" = map_impl_1[0]
        getitem_3: "f32[5, 3, 3]" = map_impl_1[1];  map_impl_1 = None
        sum_1: "f32[1, 3, 3]" = torch.ops.aten.sum.dim_IntList(getitem_3, [0], True);  getitem_3 = None
        view: "f32[3, 3]" = torch.ops.aten.view.default(sum_1, [3, 3]);  sum_1 = None
        return pytree.tree_unflatten([getitem, getitem_2, view], self._out_spec)
    class body_graph_1(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(primals_1, primals_0);  primals_1 = primals_0 = None
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mv);  mv = None
            return (tanh,)
    class body_graph_2(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "f32[3, 3]"):
            tanh_backward: "f32[3]" = torch.ops.aten.tanh_backward.default(arg2_1, arg1_1);  arg2_1 = arg1_1 = None
            view: "f32[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg0_1);  view = arg0_1 = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg3_1);  arg3_1 = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            return [mv_1, mul]
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[5, 3]", primals_2: "f32[3, 3]"):
        body_graph_0 = self.body_graph_1
        map_impl = torch.ops.higher_order.map_impl(body_graph_0, [primals_1], [primals_2]);  body_graph_0 = None
        getitem: "f32[5, 3]" = map_impl[0]
        getitem_1: "f32[5, 3]" = map_impl[0];  map_impl = None
        return (getitem, primals_1, primals_2, getitem_1)
    class body_graph_1(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(primals_1, primals_0);  primals_1 = primals_0 = None
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mv);  mv = None
            return (tanh,)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[5, 3]", primals_2: "f32[3, 3]", getitem_1: "f32[5, 3]", tangents_1: "f32[5, 3]"):
        body_graph_2 = self.body_graph_2
        map_impl_1 = torch.ops.higher_order.map_impl(body_graph_2, [primals_1, getitem_1, tangents_1], [primals_2]);  body_graph_2 = primals_1 = getitem_1 = tangents_1 = primals_2 = None
        getitem_2: "f32[5, 3]" = map_impl_1[0]
        getitem_3: "f32[5, 3, 3]" = map_impl_1[1];  map_impl_1 = None
        sum_1: "f32[1, 3, 3]" = torch.ops.aten.sum.dim_IntList(getitem_3, [0], True);  getitem_3 = None
        view: "f32[3, 3]" = torch.ops.aten.view.default(sum_1, [3, 3]);  sum_1 = None
        return (getitem_2, view)
    class body_graph_2(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "f32[3, 3]"):
            tanh_backward: "f32[3]" = torch.ops.aten.tanh_backward.default(arg2_1, arg1_1);  arg2_1 = arg1_1 = None
            view: "f32[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg0_1);  view = arg0_1 = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg3_1);  arg3_1 = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            return [mv_1, mul]
