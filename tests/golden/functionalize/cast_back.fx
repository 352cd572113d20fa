# A wider result is rounded to the dtype of what it is written to.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[3]", b: "f64[3]"):
        clone = torch.ops.aten.clone.default(a)
        add_ = torch.ops.aten.add_.Tensor(clone, b)
        return (add_,)
# expect functional:
