# A wider result is rounded to the dtype of what it is written to.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[3]", b: "f64[3]"):
        clone = torch.ops.aten.clone.default(a)
        add_ = torch.ops.aten.add_.Tensor(clone, b)
        return (add_,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[3]", b: "f64[3]"):
        clone: "f32[3]" = torch.ops.aten.clone.default(a);  a = None
        add: "f64[3]" = torch.ops.aten.add.Tensor(clone, b);  clone = b = None
        _to_copy: "f32[3]" = torch.ops.aten._to_copy.default(add, dtype = torch.float32, layout = torch.strided);  add = None
        return (_to_copy,)
