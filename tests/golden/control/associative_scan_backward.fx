# Prefix k is combine(prefix k - 1, item k): a scan from the last item to the second.
# run: grad=xs,w
class GraphModule(torch.nn.Module):
    def forward(self, xs: "f32[5, 3]", w: "f32[3]"):
        associative_scan_combine_graph_0 = self.associative_scan_combine_graph_0
        associative_scan = torch.ops.higher_order.associative_scan(associative_scan_combine_graph_0, [xs], (w,))
        getitem: "f32[5, 3]" = associative_scan[0]
        return (getitem,)

    class associative_scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1)
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, arg2_1)
            return [mul_1]
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[5, 3]"; primals_2: "f32[3]"; tangents_1: "f32[5, 3]";
        primals_1, primals_2, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        associative_scan_combine_graph_0 = self.associative_scan_combine_graph_0
        associative_scan = torch.ops.higher_order.associative_scan(associative_scan_combine_graph_0, [primals_1], (primals_2,));  associative_scan_combine_graph_0 = None
        getitem: "f32[5, 3]" = associative_scan[0]
        scan_combine_graph_0 = self.scan_combine_graph_0
        select: "f32[3]" = torch.ops.aten.select.int(tangents_1, 0, -1)
        zeros_like: "f32[3]" = torch.ops.aten.zeros_like.default(primals_2)
        slice_1: "f32[4, 3]" = torch.ops.aten.slice.Tensor(tangents_1, 0, 0, -1);  tangents_1 = None
        flip: "f32[4, 3]" = torch.ops.aten.flip.default(slice_1, [0]);  slice_1 = None
        getitem_1: "f32[5, 3]" = associative_scan[0];  associative_scan = None
        slice_2: "f32[4, 3]" = torch.ops.aten.slice.Tensor(getitem_1, 0, 0, -1);  getitem_1 = None
        flip_1: "f32[4, 3]" = torch.ops.aten.flip.default(slice_2, [0]);  slice_2 = None
        slice_3: "f32[4, 3]" = torch.ops.aten.slice.Tensor(primals_1, 0, 1, 9223372036854775807);  primals_1 = None
        flip_2: "f32[4, 3]" = torch.ops.aten.flip.default(slice_3, [0]);  slice_3 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [select, zeros_like], [flip, flip_1, flip_2], (primals_2,));  scan_combine_graph_0 = select = zeros_like = flip = flip_1 = flip_2 = primals_2 = None
        getitem_2: "f32[3]" = scan[1]
        getitem_3: "f32[3]" = scan[0]
        unsqueeze: "f32[1, 3]" = torch.ops.aten.unsqueeze.default(getitem_3, 0);  getitem_3 = None
        getitem_4: "f32[4, 3]" = scan[2];  scan = None
        flip_3: "f32[4, 3]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
        cat: "f32[5, 3]" = torch.ops.aten.cat.default([unsqueeze, flip_3]);  unsqueeze = flip_3 = None
        return pytree.tree_unflatten([getitem, cat, getitem_2], self._out_spec)
    class associative_scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, arg2_1);  mul = arg2_1 = None
            return [mul_1]
    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "f32[3]", arg4_1: "f32[3]", arg5_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg3_1, arg4_1)
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, mul);  mul = None
            mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg5_1);  arg0_1 = arg5_1 = None
            mul_4: "f32[3]" = torch.ops.aten.mul.Tensor(mul_3, arg3_1);  arg3_1 = None
            mul_5: "f32[3]" = torch.ops.aten.mul.Tensor(mul_3, arg4_1);  mul_3 = arg4_1 = None
            add: "f32[3]" = torch.ops.aten.add.Tensor(mul_5, arg2_1);  mul_5 = arg2_1 = None
            add_1: "f32[3]" = torch.ops.aten.add.Tensor(arg1_1, mul_2);  arg1_1 = mul_2 = None
            return [add, add_1, mul_4]
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[5, 3]", primals_2: "f32[3]"):
        associative_scan_combine_graph_0 = self.associative_scan_combine_graph_0
        associative_scan = torch.ops.higher_order.associative_scan(associative_scan_combine_graph_0, [primals_1], (primals_2,));  associative_scan_combine_graph_0 = None
        getitem: "f32[5, 3]" = associative_scan[0]
        getitem_1: "f32[5, 3]" = associative_scan[0];  associative_scan = None
        slice_2: "f32[4, 3]" = torch.ops.aten.slice.Tensor(getitem_1, 0, 0, -1);  getitem_1 = None
        flip_1: "f32[4, 3]" = torch.ops.aten.flip.default(slice_2, [0]);  slice_2 = None
        return (getitem, primals_1, primals_2, flip_1)
    class associative_scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, arg2_1);  mul = arg2_1 = None
            return [mul_1]
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[5, 3]", primals_2: "f32[3]", flip_1: "f32[4, 3]", tangents_1: "f32[5, 3]"):
        select: "f32[3]" = torch.ops.aten.select.int(tangents_1, 0, -1)
        slice_1: "f32[4, 3]" = torch.ops.aten.slice.Tensor(tangents_1, 0, 0, -1);  tangents_1 = None
        flip: "f32[4, 3]" = torch.ops.aten.flip.default(slice_1, [0]);  slice_1 = None
        scan_combine_graph_0 = self.scan_combine_graph_0
        zeros_like: "f32[3]" = torch.ops.aten.zeros_like.default(primals_2)
        slice_3: "f32[4, 3]" = torch.ops.aten.slice.Tensor(primals_1, 0, 1, 9223372036854775807);  primals_1 = None
        flip_2: "f32[4, 3]" = torch.ops.aten.flip.default(slice_3, [0]);  slice_3 = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [select, zeros_like], [flip, flip_1, flip_2], (primals_2,));  scan_combine_graph_0 = select = zeros_like = flip = flip_1 = flip_2 = primals_2 = None
        getitem_2: "f32[3]" = scan[1]
        getitem_3: "f32[3]" = scan[0]
        getitem_4: "f32[4, 3]" = scan[2];  scan = None
        unsqueeze: "f32[1, 3]" = torch.ops.aten.unsqueeze.default(getitem_3, 0);  getitem_3 = None
        flip_3: "f32[4, 3]" = torch.ops.aten.flip.default(getitem_4, [0]);  getitem_4 = None
        cat: "f32[5, 3]" = torch.ops.aten.cat.default([unsqueeze, flip_3]);  unsqueeze = flip_3 = None
        return (cat, getitem_2)
    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]", arg3_1: "f32[3]", arg4_1: "f32[3]", arg5_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg3_1, arg4_1)
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, mul);  mul = None
            mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg5_1);  arg0_1 = arg5_1 = None
            mul_4: "f32[3]" = torch.ops.aten.mul.Tensor(mul_3, arg3_1);  arg3_1 = None
            mul_5: "f32[3]" = torch.ops.aten.mul.Tensor(mul_3, arg4_1);  mul_3 = arg4_1 = None
            add: "f32[3]" = torch.ops.aten.add.Tensor(mul_5, arg2_1);  mul_5 = arg2_1 = None
            add_1: "f32[3]" = torch.ops.aten.add.Tensor(arg1_1, mul_2);  arg1_1 = mul_2 = None
            return [add, add_1, mul_4]
