class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 3]"):
        empty: "f32[0]" = torch.ops.aten.empty.memory_format([0])
        empty_1: "f32[6]" = torch.ops.aten.empty.memory_format([6])
        detach: "f32[2, 3]" = torch.ops.aten.detach.default(a)
        mul = torch.ops.aten.mul.out(detach, 2, out = empty);  mul = None
        empty_2: "f32[2]" = torch.ops.aten.empty.memory_format([2])
        empty_3: "i64[2]" = torch.ops.aten.empty.memory_format([2], dtype = torch.int64)
        max_1 = torch.ops.aten.max.dim_max(detach, 1, max = empty_2, max_values = empty_3);  max_1 = None
        view: "f32[6]" = torch.ops.aten.view.default(detach, [-1])
        slice_1: "f32[6]" = torch.ops.aten.slice.Tensor(empty_1, 0, 0, 6)
        add = torch.ops.aten.add.out(view, 1, out = slice_1);  add = None
        mul_1: "f32[2, 3]" = torch.ops.aten.mul.Tensor(empty, a)
        sum_1: "f32[]" = torch.ops.aten.sum.default(mul_1)
        mul_2: "f32[2]" = torch.ops.aten.mul.Tensor(empty_2, empty_3)
        sum_2: "f32[]" = torch.ops.aten.sum.default(mul_2)
        view_1: "f32[6]" = torch.ops.aten.view.default(a, [-1])
        mul_3: "f32[6]" = torch.ops.aten.mul.Tensor(empty_1, view_1)
        sum_3: "f32[]" = torch.ops.aten.sum.default(mul_3)
        add_1: "f32[]" = torch.ops.aten.add.Tensor(sum_1, sum_2)
        add_2: "f32[]" = torch.ops.aten.add.Tensor(add_1, sum_3)
        return (add_2,)
