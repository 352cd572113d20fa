# An operator in a dtype of the caller's is casts around the operator.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, a: "i8[3, 4]", b: "i8[4, 3]"):
        out_dtype: "i32[3, 3]" = torch.ops.higher_order.out_dtype(torch.ops.aten.mm.default, torch.int32, a, b)
        out_dtype_1: "f32[3, 4]" = torch.ops.higher_order.out_dtype(torch.ops.aten.mul.Scalar, torch.float32, a, 2)
        return (out_dtype, out_dtype_1)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, a: "i8[3, 4]", b: "i8[4, 3]"):
        _to_copy: "i32[3, 4]" = torch.ops.aten._to_copy.default(a, dtype = torch.int32)
        _to_copy_1: "i32[4, 3]" = torch.ops.aten._to_copy.default(b, dtype = torch.int32);  b = None
        mm: "i32[3, 3]" = torch.ops.aten.mm.default(_to_copy, _to_copy_1);  _to_copy = _to_copy_1 = None
        _to_copy_2: "f32[3, 4]" = torch.ops.aten._to_copy.default(a, dtype = torch.float32);  a = None
        mul: "f32[3, 4]" = torch.ops.aten.mul.Scalar(_to_copy_2, 2);  _to_copy_2 = None
        return (mm, mul)
