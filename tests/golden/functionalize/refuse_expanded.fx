# An expanded tensor must not be written.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        sum_1 = torch.ops.aten.sum.default(a)
        expand = torch.ops.aten.expand.default(sum_1, [3])
        add_ = torch.ops.aten.add_.Tensor(expand, 1)
        return (add_,)
# expect error:
unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.
