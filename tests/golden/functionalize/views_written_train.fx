# The same where the storage is differentiated: a copy of it stands for it.
# run: grad=x views=a:x:0,b:x:0
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2]", b: "f32[2, 2]"):
        add_: "f32[2]" = torch.ops.aten.add_.Tensor(a, 1)
        add: "f32[2, 2]" = torch.ops.aten.add.Tensor(add_, b)
        return (add,)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[4]"; tangents_1: "f32[4]"; tangents_2: "f32[2, 2]";
        primals_1, tangents_1, tangents_2, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        clone: "f32[4]" = torch.ops.aten.clone.default(primals_1);  primals_1 = None
        as_strided: "f32[2]" = torch.ops.aten.as_strided.default(clone, [2], [1], 0)
        add: "f32[2]" = torch.ops.aten.add.Tensor(as_strided, 1);  as_strided = None
        as_strided_write: "f32[4]" = torch.ops.aten.as_strided_scatter.default(clone, add, [2], [1], 0);  clone = add = None
        as_strided_2: "f32[2]" = torch.ops.aten.as_strided.default(as_strided_write, [2], [1], 0)
        as_strided_3: "f32[2, 2]" = torch.ops.aten.as_strided.default(as_strided_write, [2, 2], [2, 1], 0)
        add_1: "f32[2, 2]" = torch.ops.aten.add.Tensor(as_strided_2, as_strided_3);  as_strided_2 = as_strided_3 = None
        sum_1: "f32[1, 2]" = torch.ops.aten.sum.dim_IntList(tangents_2, [0], True)
        view: "f32[2]" = torch.ops.aten.view.default(sum_1, [2]);  sum_1 = None
        full: "f32[4]" = torch.ops.aten.full.default([4], 0.0, dtype = torch.float32)
        as_strided_scatter: "f32[4]" = torch.ops.aten.as_strided_scatter.default(full, tangents_2, [2, 2], [2, 1], 0);  full = tangents_2 = None
        as_strided_4: "f32[4]" = torch.ops.aten.as_strided.default(as_strided_scatter, [4], [1], 0);  as_strided_scatter = None
        add_2: "f32[4]" = torch.ops.aten.add.Tensor(tangents_1, as_strided_4);  tangents_1 = as_strided_4 = None
        full_1: "f32[4]" = torch.ops.aten.full.default([4], 0.0, dtype = torch.float32)
        as_strided_scatter_1: "f32[4]" = torch.ops.aten.as_strided_scatter.default(full_1, view, [2], [1], 0);  full_1 = view = None
        as_strided_5: "f32[4]" = torch.ops.aten.as_strided.default(as_strided_scatter_1, [4], [1], 0);  as_strided_scatter_1 = None
        add_3: "f32[4]" = torch.ops.aten.add.Tensor(add_2, as_strided_5);  add_2 = as_strided_5 = None
        new_zeros: "f32[2]" = torch.ops.aten.new_zeros.default(add_3, [2])
        as_strided_write_1: "f32[4]" = torch.ops.aten.as_strided_scatter.default(add_3, new_zeros, [2], [1], 0);  new_zeros = None
        as_strided_6: "f32[2]" = torch.ops.aten.as_strided.default(add_3, [2], [1], 0);  add_3 = None
        full_2: "f32[4]" = torch.ops.aten.full.default([4], 0.0, dtype = torch.float32)
        as_strided_scatter_2: "f32[4]" = torch.ops.aten.as_strided_scatter.default(full_2, as_strided_6, [2], [1], 0);  full_2 = as_strided_6 = None
        as_strided_7: "f32[4]" = torch.ops.aten.as_strided.default(as_strided_scatter_2, [4], [1], 0);  as_strided_scatter_2 = None
        add_4: "f32[4]" = torch.ops.aten.add.Tensor(as_strided_write_1, as_strided_7);  as_strided_write_1 = as_strided_7 = None
        return pytree.tree_unflatten([as_strided_write, add_1, add_4], self._out_spec)
