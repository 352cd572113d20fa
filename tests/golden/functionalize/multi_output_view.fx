# Parts of one split need no base.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul = torch.ops.aten.mul.Tensor(a, 3)
        unbind = torch.ops.aten.unbind.int(mul)
        getitem = unbind[0]
        getitem_1 = unbind[1]
        return (getitem, getitem_1)
# expect functional:
