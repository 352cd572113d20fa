# A float does not fit into integers.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, a: "i64[3]"):
        clone = torch.ops.aten.clone.default(a)
        add_ = torch.ops.aten.add_.Tensor(clone, 1.5)
        return (add_,)
# expect error:
result type Float can't be cast to the desired output type Long
