# Several mutated inputs come first, in input order; each is cloned before it is written.
# run: grad=a,b,c
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]", b: "f32[2, 2]", c: "f32[2, 2]"):
        mul_ = torch.ops.aten.mul_.Tensor(a, 2)
        mul__1 = torch.ops.aten.mul_.Tensor(c, 2)
        add = torch.ops.aten.add.Tensor(mul_, b)
        add_1 = torch.ops.aten.add.Tensor(add, mul__1)
        return (add_1,)
# expect functional:
