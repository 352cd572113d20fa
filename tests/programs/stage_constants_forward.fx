class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3, 4]", primals_2: "f32[3, 4]"):
        # File: captured.py:244 in forward, code: z = torch.where(x > 0, x, y).masked_fill(x > 0, 0.5)
        gt: "b8[3, 4]" = torch.ops.aten.gt.Scalar(primals_1, 0)
        where: "f32[3, 4]" = torch.ops.aten.where.self(gt, primals_1, primals_2);  primals_2 = None
        masked_fill: "f32[3, 4]" = torch.ops.aten.masked_fill.Scalar(where, gt, 0.5);  where = gt = None

        # File: captured.py:245 in forward, code: return (z.index_select(0, torch.tensor([0, 2])).gather(1, torch.tensor([[0, 1], [2, 3]])) * x[:2, :2]).sum()
        _tensor_constant0: "i64[2]" = self._tensor_constant0
        lift_fresh_copy: "i64[2]" = torch.ops.aten.lift_fresh_copy.default(_tensor_constant0);  _tensor_constant0 = None
        index_select: "f32[2, 4]" = torch.ops.aten.index_select.default(masked_fill, 0, lift_fresh_copy);  masked_fill = lift_fresh_copy = None
        _tensor_constant1: "i64[2, 2]" = self._tensor_constant1
        lift_fresh_copy_1: "i64[2, 2]" = torch.ops.aten.lift_fresh_copy.default(_tensor_constant1);  _tensor_constant1 = None
        gather: "f32[2, 2]" = torch.ops.aten.gather.default(index_select, 1, lift_fresh_copy_1);  index_select = lift_fresh_copy_1 = None
        slice_1: "f32[2, 4]" = torch.ops.aten.slice.Tensor(primals_1, 0, 0, 2)
        slice_2: "f32[2, 2]" = torch.ops.aten.slice.Tensor(slice_1, 1, 0, 2);  slice_1 = None
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(gather, slice_2);  slice_2 = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(mul);  mul = None
        return (sum_1, primals_1, gather)
