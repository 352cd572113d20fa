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
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(a, 3);  a = None
        unbind = torch.ops.aten.unbind.int(mul);  mul = None
        getitem: "f32[2]" = unbind[0]
        getitem_1: "f32[2]" = unbind[1];  unbind = None
        return (getitem, getitem_1)
