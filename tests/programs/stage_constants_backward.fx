class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3, 4]", gather: "f32[2, 2]", tangents_1: "f32[]"):
        # Backward of forward node: File: captured.py:245 in forward, code: return (z.index_select(0, torch.tensor([0, 2])).gather(1, torch.tensor([[0, 1], [2, 3]])) * x[:2, :2]).sum()
        expand: "f32[2, 2]" = torch.ops.aten.expand.default(tangents_1, [2, 2]);  tangents_1 = None
        mul_1: "f32[2, 2]" = torch.ops.aten.mul.Tensor(expand, gather);  gather = None
        slice_1: "f32[2, 4]" = torch.ops.aten.slice.Tensor(primals_1, 0, 0, 2)
        slice_2: "f32[2, 2]" = torch.ops.aten.slice.Tensor(slice_1, 1, 0, 2);  slice_1 = None
        mul_2: "f32[2, 2]" = torch.ops.aten.mul.Tensor(expand, slice_2);  expand = slice_2 = None
        slice_backward: "f32[2, 4]" = torch.ops.aten.slice_backward.default(mul_1, [2, 4], 1, 0, 2, 1);  mul_1 = None
        slice_backward_1: "f32[3, 4]" = torch.ops.aten.slice_backward.default(slice_backward, [3, 4], 0, 0, 2, 1);  slice_backward = None
        new_zeros: "f32[2, 4]" = torch.ops.aten.new_zeros.default(mul_2, [2, 4])
        _tensor_constant1: "i64[2, 2]" = self._tensor_constant1
        lift_fresh_copy_1: "i64[2, 2]" = torch.ops.aten.lift_fresh_copy.default(_tensor_constant1);  _tensor_constant1 = None
        scatter_add: "f32[2, 4]" = torch.ops.aten.scatter_add.default(new_zeros, 1, lift_fresh_copy_1, mul_2);  new_zeros = lift_fresh_copy_1 = mul_2 = None
        new_zeros_1: "f32[3, 4]" = torch.ops.aten.new_zeros.default(scatter_add, [3, 4], dtype = torch.float32, layout = torch.strided, device = device(type='cpu'))
        _tensor_constant0: "i64[2]" = self._tensor_constant0
        lift_fresh_copy: "i64[2]" = torch.ops.aten.lift_fresh_copy.default(_tensor_constant0);  _tensor_constant0 = None
        index_add: "f32[3, 4]" = torch.ops.aten.index_add.default(new_zeros_1, 0, lift_fresh_copy, scatter_add);  new_zeros_1 = lift_fresh_copy = scatter_add = None

        # Backward of forward node: File: captured.py:244 in forward, code: z = torch.where(x > 0, x, y).masked_fill(x > 0, 0.5)
        gt: "b8[3, 4]" = torch.ops.aten.gt.Scalar(primals_1, 0);  primals_1 = None
        masked_fill_1: "f32[3, 4]" = torch.ops.aten.masked_fill.Scalar(index_add, gt, 0);  index_add = None
        scalar_tensor: "f32[]" = torch.ops.aten.scalar_tensor.default(0, dtype = torch.float32, layout = torch.strided, device = device(type='cpu'))
        where_1: "f32[3, 4]" = torch.ops.aten.where.self(gt, scalar_tensor, masked_fill_1)
        where_2: "f32[3, 4]" = torch.ops.aten.where.self(gt, masked_fill_1, scalar_tensor);  gt = masked_fill_1 = scalar_tensor = None
        add: "f32[3, 4]" = torch.ops.aten.add.Tensor(slice_backward_1, where_2);  slice_backward_1 = where_2 = None
        return (add, where_1)
