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
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]", b: "f32[2, 2]", c: "f32[2, 2]"):
        clone: "f32[2, 2]" = torch.ops.aten.clone.default(a);  a = None
        clone_1: "f32[2, 2]" = torch.ops.aten.clone.default(c);  c = None
        mul: "f32[2, 2]" = torch.ops.aten.mul.Tensor(clone, 2);  clone = None
        mul_1: "f32[2, 2]" = torch.ops.aten.mul.Tensor(clone_1, 2);  clone_1 = None
        add: "f32[2, 2]" = torch.ops.aten.add.Tensor(mul, b);  b = None
        add_1: "f32[2, 2]" = torch.ops.aten.add.Tensor(add, mul_1);  add = None
        return (mul, mul_1, add_1)
