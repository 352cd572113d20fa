# The user's own backward: the forward is inlined without history, the backward takes the place of a derivative; a result
# that is marked as not differentiable gets none.
# run: grad=x cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, x, non_differentiable_idx = [1], saved_for_backward_idx = [0])
        getitem: "f32[3]" = autograd_function_apply[0]
        getitem_1: "f32[3]" = autograd_function_apply[1]
        mul: "f32[3]" = getitem * getitem_1
        return (mul,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            _set_grad_enabled = torch._C._set_grad_enabled(False)
            y: "f32[3]" = x.exp()
            out: "f32[3]" = x * 3
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True)
            return ((out, y), (x,))

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[3]", _: "f32[3]", x: "f32[3]"):
            _set_grad_enabled = torch._C._set_grad_enabled(False)
            mul: "f32[3]" = g * 3
            add: "f32[3]" = mul + x
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True)
            return (add,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        exp: "f32[3]" = torch.ops.aten.exp.default(x)
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(x, 3)
        bwd_body_0 = self.bwd_body_0
        with_backward = torch.ops.cot.with_backward(bwd_body_0, (mul, exp), (x,), (x,));  bwd_body_0 = mul = x = None
        getitem: "f32[3]" = with_backward[0];  with_backward = None
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(getitem, exp);  getitem = exp = None
        return (mul_1,)
    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[3]", _: "f32[3]", x: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(g, 3);  g = None
            add: "f32[3]" = torch.ops.aten.add.Tensor(mul, x);  mul = x = None
            return (add,)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[3]"; tangents_1: "f32[3]";
        primals_1, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        exp: "f32[3]" = torch.ops.aten.exp.default(primals_1)
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(primals_1, 3)
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, exp);  mul = None
        mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(tangents_1, exp);  tangents_1 = exp = None
        mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(mul_2, 3);  mul_2 = None
        add: "f32[3]" = torch.ops.aten.add.Tensor(mul_3, primals_1);  mul_3 = primals_1 = None
        return pytree.tree_unflatten([mul_1, add], self._out_spec)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3]"):
        exp: "f32[3]" = torch.ops.aten.exp.default(primals_1)
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(primals_1, 3)
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(mul, exp);  mul = exp = None
        return (mul_1, primals_1)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3]", tangents_1: "f32[3]"):
        exp: "f32[3]" = torch.ops.aten.exp.default(primals_1)
        mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(tangents_1, exp);  tangents_1 = exp = None
        mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(mul_2, 3);  mul_2 = None
        add: "f32[3]" = torch.ops.aten.add.Tensor(mul_3, primals_1);  mul_3 = primals_1 = None
        return (add,)
