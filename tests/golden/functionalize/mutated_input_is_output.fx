# A mutated input that is returned: one new value, twice.
# run: grad=a cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul_ = torch.ops.aten.mul_.Tensor(a, 2)
        return (mul_,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        clone: "f32[2, 2]" = torch.ops.aten.clone.default(a);  a = None
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(clone, 2);  clone = None
        return (mul, mul)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[2, 2]"):
        clone: "f32[2, 2]" = torch.ops.aten.clone.default(primals_1);  primals_1 = None
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(clone, 2);  clone = None
        return (mul, mul)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, tangents_1: "f32[2, 2]"):
        mul_1: "f32[2, 2]" = torch.ops.aten.mul.Tensor(tangents_1, 2);  tangents_1 = None
        return (mul_1,)
