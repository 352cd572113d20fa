# A write to one of two inputs that share a storage shows in the other.
# run: infer views=a:x:0,b:x:0
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2]", b: "f32[2, 2]"):
        add_: "f32[2]" = torch.ops.aten.add_.Tensor(a, 1)
        add: "f32[2, 2]" = torch.ops.aten.add.Tensor(add_, b)
        return (add,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        as_strided: "f32[2]" = torch.ops.aten.as_strided.default(x, [2], [1], 0)
        add: "f32[2]" = torch.ops.aten.add.Tensor(as_strided, 1);  as_strided = None
        as_strided_write: "f32[4]" = torch.ops.aten.as_strided_scatter.default(x, add, [2], [1], 0);  x = add = None
        as_strided_2: "f32[2]" = torch.ops.aten.as_strided.default(as_strided_write, [2], [1], 0)
        as_strided_3: "f32[2, 2]" = torch.ops.aten.as_strided.default(as_strided_write, [2, 2], [2, 1], 0)
        add_1: "f32[2, 2]" = torch.ops.aten.add.Tensor(as_strided_2, as_strided_3);  as_strided_2 = as_strided_3 = None
        return (as_strided_write, add_1)
