# Outputs that share an intermediate get its base as one more output.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul = torch.ops.aten.mul.Tensor(a, 3)
        view = torch.ops.aten.view.default(mul, [-1])
        view_1 = torch.ops.aten.view.default(mul, [-1])
        return (view, view_1)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(a, 3);  a = None
        view: "f32[4]" = torch.ops.aten.view.default(mul, [-1])
        view_1: "f32[4]" = torch.ops.aten.view.default(mul, [-1])
        return (view, view_1, mul)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[2, 2]"; tangents_1: "f32[2, 2]";
        primals_1, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(primals_1, 3);  primals_1 = None
        view: "f32[4]" = torch.ops.aten.view.default(mul, [-1])
        view_1: "f32[4]" = torch.ops.aten.view.default(mul, [-1])
        mul_1: "f32[2, 2]" = torch.ops.aten.mul.Tensor(tangents_1, 3);  tangents_1 = None
        return pytree.tree_unflatten([view, view_1, mul, mul_1], self._out_spec)
