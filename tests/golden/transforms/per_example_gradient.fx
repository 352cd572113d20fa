# One gradient for each example of a batch, the weights being shared.
# run: infer transform=grad(w);vmap(size=5,in_dims=(0,None))
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", w: "f32[4, 3]"):
        y = torch.tanh(w @ x)
        return (y.sum(),)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[5, 3]", w: "f32[4, 3]"):
        t: "f32[3, 4]" = torch.ops.aten.t.default(w);  w = None
        mm: "f32[5, 4]" = torch.ops.aten.mm.default(x, t);  t = None
        tanh: "f32[5, 4]" = torch.ops.aten.tanh.default(mm);  mm = None
        sum_1: "f32[5]" = torch.ops.aten.sum.dim_IntList(tanh, [1])
        ones_like: "f32[5]" = torch.ops.aten.ones_like.default(sum_1);  sum_1 = None
        unsqueeze: "f32[5, 1]" = torch.ops.aten.unsqueeze.default(ones_like, 1);  ones_like = None
        expand: "f32[5, 4]" = torch.ops.aten.expand.default(unsqueeze, [5, 4]);  unsqueeze = None
        tanh_backward: "f32[5, 4]" = torch.ops.aten.tanh_backward.default(expand, tanh);  expand = tanh = None
        view: "f32[5, 4, 1]" = torch.ops.aten.view.default(tanh_backward, [5, 4, 1]);  tanh_backward = None
        unsqueeze_1: "f32[5, 1, 3]" = torch.ops.aten.unsqueeze.default(x, 1);  x = None
        mul: "f32[5, 4, 3]" = torch.ops.aten.mul.Tensor(view, unsqueeze_1);  view = unsqueeze_1 = None
        return (mul,)
