# A gradient that is differentiated again takes the user's derivative, not that of the forward's operators: the forward is
# tanh, the derivative says 2 * y * g, so the second one is that of 4 * y at y, times the first.
# run: grad=x transform=grad(x)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        fwd = self.fwd
        bwd = self.bwd
        y: "f32[3]" = torch.ops.higher_order.autograd_function_apply(fwd, bwd, x, non_differentiable_idx = [], saved_for_backward_idx = [0])
        return (y.sum(),)

    class fwd(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            y: "f32[3]" = x.tanh()
            return (y, (y,))

    class bwd(torch.nn.Module):
        def forward(self, g: "f32[3]", y: "f32[3]"):
            mul: "f32[3]" = y * 2
            mul_1: "f32[3]" = mul * g
            return (mul_1,)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[3]"; tangents_1: "f32[3]";
        primals_1, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        tanh: "f32[3]" = torch.ops.aten.tanh.default(primals_1);  primals_1 = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(tanh)
        ones_like: "f32[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        expand: "f32[3]" = torch.ops.aten.expand.default(ones_like, [3]);  ones_like = None
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(tanh, 2)
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, expand);  mul = None
        mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(tangents_1, expand);  tangents_1 = expand = None
        mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(mul_2, 2);  mul_2 = None
        mul_4: "f32[3]" = torch.ops.aten.mul.Tensor(tanh, 2);  tanh = None
        mul_5: "f32[3]" = torch.ops.aten.mul.Tensor(mul_4, mul_3);  mul_4 = mul_3 = None
        return pytree.tree_unflatten([mul_1, mul_5], self._out_spec)
