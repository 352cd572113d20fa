# The gradient is a program.
# run: infer transform=grad(w)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", w: "f32[4, 3]"):
        y = torch.tanh(w @ x)
        return (y.sum(),)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", w: "f32[4, 3]"):
        mv: "f32[4]" = torch.ops.aten.mv.default(w, x);  w = None
        tanh: "f32[4]" = torch.ops.aten.tanh.default(mv);  mv = None
        sum_1: "f32[]" = torch.ops.aten.sum.default(tanh)
        ones_like: "f32[]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        expand: "f32[4]" = torch.ops.aten.expand.default(ones_like, [4]);  ones_like = None
        tanh_backward: "f32[4]" = torch.ops.aten.tanh_backward.default(expand, tanh);  expand = tanh = None
        view: "f32[4, 1]" = torch.ops.aten.view.default(tanh_backward, [4, 1]);  tanh_backward = None
        mul: "f32[4, 3]" = torch.ops.aten.mul.Tensor(view, x);  view = x = None
        return (mul,)
