# Without a minimum cut the border of a checkpointed region is kept, too, and nothing of what is inside.
# run: grad=x,w partition=default cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
        exp: "f32[4, 4]" = x.exp()
        wrap_body_0 = self.wrap_body_0
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(wrap_body_0, exp, w, use_reentrant = False)
        getitem: "f32[4, 4]" = tag_activation_checkpoint[0]
        return (getitem,)

    class wrap_body_0(torch.nn.Module):
        def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
            matmul: "f32[4, 4]" = x @ w
            tanh: "f32[4, 4]" = torch.tanh(matmul)
            sin: "f32[4, 4]" = tanh.sin()
            return (sin,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[4, 4]"):
        exp: "f32[4, 4]" = torch.ops.aten.exp.default(primals_1);  primals_1 = None
        mm: "f32[4, 4]" = torch.ops.aten.mm.default(exp, primals_2)
        tanh: "f32[4, 4]" = torch.ops.aten.tanh.default(mm);  mm = None
        sin: "f32[4, 4]" = torch.ops.aten.sin.default(tanh);  tanh = None
        return (sin, primals_2, exp)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_2: "f32[4, 4]", exp: "f32[4, 4]", tangents_1: "f32[4, 4]"):
        mm: "f32[4, 4]" = torch.ops.aten.mm.default(exp, primals_2)
        tanh: "f32[4, 4]" = torch.ops.aten.tanh.default(mm);  mm = None
        cos: "f32[4, 4]" = torch.ops.aten.cos.default(tanh)
        mul: "f32[4, 4]" = torch.ops.aten.mul.Tensor(tangents_1, cos);  tangents_1 = cos = None
        tanh_backward: "f32[4, 4]" = torch.ops.aten.tanh_backward.default(mul, tanh);  mul = tanh = None
        t: "f32[4, 4]" = torch.ops.aten.t.default(exp)
        mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(t, tanh_backward);  t = None
        t_1: "f32[4, 4]" = torch.ops.aten.t.default(primals_2);  primals_2 = None
        mm_2: "f32[4, 4]" = torch.ops.aten.mm.default(tanh_backward, t_1);  tanh_backward = t_1 = None
        mul_1: "f32[4, 4]" = torch.ops.aten.mul.Tensor(mm_2, exp);  mm_2 = exp = None
        return (mul_1, mm_1)
