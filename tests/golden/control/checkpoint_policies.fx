# Policies written over nodes: the product is kept, the sine computed again though it would be cheap to keep.
# run: grad=x,w cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
        wrap_body_0 = self.wrap_body_0
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, x, w, use_reentrant = False)
        getitem: "f32[4, 4]" = tag_activation_checkpoint[0]
        return (getitem,)

    class wrap_body_0(torch.nn.Module):
        def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
            # recompute: MUST_SAVE
            matmul: "f32[4, 4]" = x @ w
            # recompute: MUST_RECOMPUTE
            sigmoid: "f32[4, 4]" = torch.sigmoid(matmul)
            sin: "f32[4, 4]" = w.sin()
            # recompute: MUST_SAVE
            matmul_1: "f32[4, 4]" = sigmoid @ sin
            # recompute: PREFER_SAVE
            exp: "f32[4, 4]" = matmul_1.exp()
            return (exp,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[4, 4]"):
        mm: "f32[4, 4]" = torch.ops.aten.mm.default(primals_1, primals_2)
        sigmoid: "f32[4, 4]" = torch.ops.aten.sigmoid.default(mm)
        sin: "f32[4, 4]" = torch.ops.aten.sin.default(primals_2)
        mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(sigmoid, sin);  sigmoid = sin = None
        exp: "f32[4, 4]" = torch.ops.aten.exp.default(mm_1)
        t_2: "f32[4, 4]" = torch.ops.aten.t.default(primals_1);  primals_1 = None
        return (exp, primals_2, mm, mm_1, t_2)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_2: "f32[4, 4]", mm: "f32[4, 4]", mm_1: "f32[4, 4]", t_2: "f32[4, 4]", tangents_1: "f32[4, 4]"):
        exp: "f32[4, 4]" = torch.ops.aten.exp.default(mm_1);  mm_1 = None
        mul: "f32[4, 4]" = torch.ops.aten.mul.Tensor(tangents_1, exp);  tangents_1 = exp = None
        sigmoid: "f32[4, 4]" = torch.ops.aten.sigmoid.default(mm);  mm = None
        t: "f32[4, 4]" = torch.ops.aten.t.default(sigmoid)
        mm_2: "f32[4, 4]" = torch.ops.aten.mm.default(t, mul);  t = None
        sin: "f32[4, 4]" = torch.ops.aten.sin.default(primals_2)
        t_1: "f32[4, 4]" = torch.ops.aten.t.default(sin);  sin = None
        mm_3: "f32[4, 4]" = torch.ops.aten.mm.default(mul, t_1);  mul = t_1 = None
        cos: "f32[4, 4]" = torch.ops.aten.cos.default(primals_2)
        mul_1: "f32[4, 4]" = torch.ops.aten.mul.Tensor(mm_2, cos);  mm_2 = cos = None
        sigmoid_backward: "f32[4, 4]" = torch.ops.aten.sigmoid_backward.default(mm_3, sigmoid);  mm_3 = sigmoid = None
        mm_4: "f32[4, 4]" = torch.ops.aten.mm.default(t_2, sigmoid_backward);  t_2 = None
        t_3: "f32[4, 4]" = torch.ops.aten.t.default(primals_2);  primals_2 = None
        mm_5: "f32[4, 4]" = torch.ops.aten.mm.default(sigmoid_backward, t_3);  sigmoid_backward = t_3 = None
        add: "f32[4, 4]" = torch.ops.aten.add.Tensor(mul_1, mm_4);  mul_1 = mm_4 = None
        return (mm_5, add)
