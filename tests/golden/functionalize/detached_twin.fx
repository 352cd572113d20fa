# `return y.detach(), y` where y is a view: the base of y carries the tangent.
# run: grad=a
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        add = torch.ops.aten.add.Tensor(a, 1)
        transpose = torch.ops.aten.transpose.int(add, 0, 1)
        detach = torch.ops.aten.detach.default(transpose)
        return (detach, transpose)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2, 2]"):
        add: "f32[2, 2]" = torch.ops.aten.add.Tensor(a, 1);  a = None
        transpose: "f32[2, 2]" = torch.ops.aten.transpose.int(add, 0, 1)
        detach: "f32[2, 2]" = torch.ops.aten.detach.default(transpose)
        return (detach, transpose, add)
