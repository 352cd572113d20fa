# A derivative of the user's own over a batch: gradients of what is the same for all examples are summed, and what the
# loss does with the results of all comes to it, though it was batched before anything was differentiated.
# run: transform=vmap(size=5,in_dims=(0,None)) grad=x,w
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", w: "f32[3]"):
        fwd = self.fwd
        bwd = self.bwd
        y: "f32[3]" = torch.ops.higher_order.autograd_function_apply(fwd, bwd, x, w, non_differentiable_idx = [], saved_for_backward_idx = [0, 1])
        return (y,)

    class fwd(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3]"):
            y: "f32[3]" = x * w
            return (y, (x, w))

    class bwd(torch.nn.Module):
        def forward(self, g: "f32[3]", x: "f32[3]", w: "f32[3]"):
            mul: "f32[3]" = w * g
            mul_1: "f32[3]" = x * g
            mul_2: "f32[3]" = mul_1 * 3
            return (mul, mul_2)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[5, 3]", w: "f32[3]"):
        mul: "f32[5, 3]" = torch.ops.aten.mul.Tensor(x, w)
        bwd_batched0 = self.bwd_batched0
        with_backward = torch.ops.cot.with_backward(bwd_batched0, (mul,), (x, w), (x, w));  bwd_batched0 = mul = x = w = None
        getitem: "f32[5, 3]" = with_backward[0];  with_backward = None
        return (getitem,)
    class bwd_batched0(torch.nn.Module):
        def forward(self, g: "f32[5, 3]", x: "f32[5, 3]", w: "f32[3]"):
            mul: "f32[5, 3]" = torch.ops.aten.mul.Tensor(w, g);  w = None
            mul_1: "f32[5, 3]" = torch.ops.aten.mul.Tensor(x, g);  x = g = None
            mul_2: "f32[5, 3]" = torch.ops.aten.mul.Tensor(mul_1, 3);  mul_1 = None
            sum_1: "f32[3]" = torch.ops.aten.sum.dim_IntList(mul_2, [0]);  mul_2 = None
            return [mul, sum_1]
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[5, 3]"; primals_2: "f32[3]"; tangents_1: "f32[5, 3]";
        primals_1, primals_2, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        mul: "f32[5, 3]" = torch.ops.aten.mul.Tensor(primals_1, primals_2)
        mul_1: "f32[5, 3]" = torch.ops.aten.mul.Tensor(primals_2, tangents_1);  primals_2 = None
        mul_2: "f32[5, 3]" = torch.ops.aten.mul.Tensor(primals_1, tangents_1);  primals_1 = tangents_1 = None
        mul_3: "f32[5, 3]" = torch.ops.aten.mul.Tensor(mul_2, 3);  mul_2 = None
        sum_1: "f32[3]" = torch.ops.aten.sum.dim_IntList(mul_3, [0]);  mul_3 = None
        return pytree.tree_unflatten([mul, mul_1, sum_1], self._out_spec)
