# A part of an unbind must not be written where autograd looks.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul = torch.ops.aten.mul.Tensor(a, 3)
        unbind = torch.ops.aten.unbind.int(mul)
        getitem = unbind[0]
        mul_ = torch.ops.aten.mul_.Tensor(getitem, 2)
        return (mul,)
# expect error:
