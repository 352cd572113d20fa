# Of two checkpointed blocks that follow each other the border is kept, and each computes its own part again.
# run: grad=x,w cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
        wrap_body_0 = self.wrap_body_0
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, x, w, use_reentrant = False)
        getitem: "f32[4, 4]" = tag_activation_checkpoint[0]
        wrap_body_1 = self.wrap_body_1
        tag_activation_checkpoint_1 = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_1, getitem, w, use_reentrant = False)
        getitem_1: "f32[4, 4]" = tag_activation_checkpoint_1[0]
        return (getitem_1,)

    class wrap_body_0(torch.nn.Module):
        def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
            matmul: "f32[4, 4]" = x @ w
            tanh: "f32[4, 4]" = torch.tanh(matmul)
            sin: "f32[4, 4]" = tanh.sin()
            return (sin,)

    class wrap_body_1(torch.nn.Module):
        def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
            matmul: "f32[4, 4]" = x @ w
            tanh: "f32[4, 4]" = torch.tanh(matmul)
            sin: "f32[4, 4]" = tanh.sin()
            return (sin,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[4, 4]"):
        mm: "f32[4, 4]" = torch.ops.aten.mm.default(primals_1, primals_2)
        tanh: "f32[4, 4]" = torch.ops.aten.tanh.default(mm);  mm = None
        sin: "f32[4, 4]" = torch.ops.aten.sin.default(tanh);  tanh = None
        mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(sin, primals_2)
        tanh_1: "f32[4, 4]" = torch.ops.aten.tanh.default(mm_1);  mm_1 = None
        sin_1: "f32[4, 4]" = torch.ops.aten.sin.default(tanh_1);  tanh_1 = None
        return (sin_1, primals_1, primals_2, sin)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[4, 4]", sin: "f32[4, 4]", tangents_1: "f32[4, 4]"):
        mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(sin, primals_2)
        tanh_1: "f32[4, 4]" = torch.ops.aten.tanh.default(mm_1);  mm_1 = None
        cos: "f32[4, 4]" = torch.ops.aten.cos.default(tanh_1)
        mul: "f32[4, 4]" = torch.ops.aten.mul.Tensor(tangents_1, cos);  tangents_1 = cos = None
        tanh_backward: "f32[4, 4]" = torch.ops.aten.tanh_backward.default(mul, tanh_1);  mul = tanh_1 = None
        t: "f32[4, 4]" = torch.ops.aten.t.default(sin);  sin = None
        mm_2: "f32[4, 4]" = torch.ops.aten.mm.default(t, tanh_backward);  t = None
        t_1: "f32[4, 4]" = torch.ops.aten.t.default(primals_2)
        mm_3: "f32[4, 4]" = torch.ops.aten.mm.default(tanh_backward, t_1);  tanh_backward = None
        mm: "f32[4, 4]" = torch.ops.aten.mm.default(primals_1, primals_2);  primals_2 = None
        tanh: "f32[4, 4]" = torch.ops.aten.tanh.default(mm);  mm = None
        cos_1: "f32[4, 4]" = torch.ops.aten.cos.default(tanh)
        mul_1: "f32[4, 4]" = torch.ops.aten.mul.Tensor(mm_3, cos_1);  mm_3 = cos_1 = None
        tanh_backward_1: "f32[4, 4]" = torch.ops.aten.tanh_backward.default(mul_1, tanh);  mul_1 = tanh = None
        t_2: "f32[4, 4]" = torch.ops.aten.t.default(primals_1);  primals_1 = None
        mm_4: "f32[4, 4]" = torch.ops.aten.mm.default(t_2, tanh_backward_1);  t_2 = None
        mm_5: "f32[4, 4]" = torch.ops.aten.mm.default(tanh_backward_1, t_1);  tanh_backward_1 = t_1 = None
        add: "f32[4, 4]" = torch.ops.aten.add.Tensor(mm_2, mm_4);  mm_2 = mm_4 = None
        return (mm_5, add)
