# Derivatives as Dynamo writes torch.func: the tangent of a gradient.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", w: "f32[3]"):
        _jvp_increment_nesting = torch._functorch.predispatch._jvp_increment_nesting()
        _make_dual: "f32[3]" = torch._functorch.predispatch._make_dual(x, w, level = 0)
        _grad_increment_nesting = torch._C._functorch._grad_increment_nesting()
        diff: "f32[3]" = torch._C._functorch._wrap_for_grad(_make_dual, 2)
        sin: "f32[3]" = diff.sin()
        output: "f32[]" = sin.sum()
        _autograd_grad = torch._functorch.eager_transforms._autograd_grad((output,), [diff], create_graph = True)
        grad: "f32[3]" = _autograd_grad[0]
        inner: "f32[3]" = torch._functorch.predispatch._unwrap_for_grad(grad, 2)
        _grad_decrement_nesting = torch._C._functorch._grad_decrement_nesting()
        _unpack_dual = torch._functorch.predispatch._unpack_dual(inner, level = 0)
        primal: "f32[3]" = _unpack_dual[0]
        dual: "f32[3]" = _unpack_dual[1]
        _jvp_decrement_nesting = torch._functorch.predispatch._jvp_decrement_nesting()
        return (primal, dual)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", w: "f32[3]"):
        sin_2: "f32[3]" = torch.ops.aten.sin.default(x)
        sum_3: "f32[]" = torch.ops.aten.sum.default(sin_2);  sin_2 = None
        ones_like_1: "f32[]" = torch.ops.aten.ones_like.default(sum_3);  sum_3 = None
        expand_1: "f32[3]" = torch.ops.aten.expand.default(ones_like_1, [3]);  ones_like_1 = None
        cos_1: "f32[3]" = torch.ops.aten.cos.default(x)
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(expand_1, cos_1);  cos_1 = None
        sin_3: "f32[3]" = torch.ops.aten.sin.default(x);  x = None
        neg: "f32[3]" = torch.ops.aten.neg.default(sin_3);  sin_3 = None
        mul_3: "f32[3]" = torch.ops.aten.mul.Tensor(w, neg);  w = neg = None
        mul_4: "f32[3]" = torch.ops.aten.mul.Tensor(mul_3, expand_1);  mul_3 = expand_1 = None
        return (mul_1, mul_4)
