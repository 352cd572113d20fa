# A mutated input that is returned: one new value, twice.
# run: grad=a cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul_ = torch.ops.aten.mul_.Tensor(a, 2)
        return (mul_,)
# expect functional:
# expect forward:
# expect backward:
