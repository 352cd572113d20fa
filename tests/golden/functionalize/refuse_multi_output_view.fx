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
Output 0 of Unbind is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.
