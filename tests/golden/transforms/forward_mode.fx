# Tangents go with the values: no rule of forward mode is needed.
# run: infer transform=jvp(x)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", w: "f32[4, 3]"):
        y = torch.tanh(w @ x)
        return (y.sum(),)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", w: "f32[4, 3]", tangents_1: "f32[3]"):
        mv: "f32[4]" = torch.ops.aten.mv.default(w, x);  x = None
        tanh: "f32[4]" = torch.ops.aten.tanh.default(mv);  mv = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(tanh)
        t: "f32[3, 4]" = torch.ops.aten.t.default(w);  w = None
        t_1: "f32[4, 3]" = torch.ops.aten.t.default(t);  t = None
        mv_2: "f32[4]" = torch.ops.aten.mv.default(t_1, tangents_1);  t_1 = tangents_1 = None
        tanh_backward_1: "f32[4]" = torch.ops.aten.tanh_backward.default(mv_2, tanh);  mv_2 = tanh = None
        sum_2: "f32[]" = torch.ops.aten.sum.default(tanh_backward_1);  tanh_backward_1 = None
        return (sum_1, sum_2)
