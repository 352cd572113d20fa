# The written tensor does not grow.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[3]", b: "f32[2, 3]"):
        clone = torch.ops.aten.clone.default(a)
        add_ = torch.ops.aten.add_.Tensor(clone, b)
        return (add_,)
# expect error:
output with shape [3] doesn't match the broadcast shape [2, 3]
