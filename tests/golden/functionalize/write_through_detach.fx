# A write that autograd does not see: the value changes, the history stays.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul = torch.ops.aten.mul.Tensor(a, 2)
        detach = torch.ops.aten.detach.default(mul)
        mul_ = torch.ops.aten.mul_.Tensor(detach, 3)
        mul_1 = torch.ops.aten.mul.Tensor(mul, mul)
        sum_1 = torch.ops.aten.sum.default(mul_1)
        return (sum_1,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(a, 2);  a = None
        detach: "f32[2, 2]" = torch.ops.aten.detach.default(mul)
        mul_1: "f32[2, 2]" = torch.ops.aten.mul.Tensor(detach, 3);  detach = None
        with_history: "f32[2, 2]" = torch.ops.cot.with_history.default(mul_1, mul);  mul_1 = mul = None
        mul_2: "f32[2, 2]" = torch.ops.aten.mul.Tensor(with_history, with_history);  with_history = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(mul_2);  mul_2 = None
        return (sum_1,)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[2, 2]"; tangents_1: "f32[]";
        primals_1, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(primals_1, 2);  primals_1 = None
        detach: "f32[2, 2]" = torch.ops.aten.detach.default(mul);  mul = None
        mul_1: "f32[2, 2]" = torch.ops.aten.mul.Tensor(detach, 3);  detach = None
        mul_2: "f32[2, 2]" = torch.ops.aten.mul.Tensor(mul_1, mul_1)
        sum_1: "f32[]" = torch.ops.aten.sum.default(mul_2);  mul_2 = None
        expand: "f32[2, 2]" = torch.ops.aten.expand.default(tangents_1, [2, 2]);  tangents_1 = None
        mul_3: "f32[2, 2]" = torch.ops.aten.mul.Tensor(expand, mul_1)
        mul_4: "f32[2, 2]" = torch.ops.aten.mul.Tensor(expand, mul_1);  expand = mul_1 = None
        add: "f32[2, 2]" = torch.ops.aten.add.Tensor(mul_4, mul_3);  mul_4 = mul_3 = None
        mul_5: "f32[2, 2]" = torch.ops.aten.mul.Tensor(add, 2);  add = None
        return pytree.tree_unflatten([sum_1, mul_5], self._out_spec)
