# Storages come first, each by its first view; a view that changes its sizes.
# run: infer views=a:x:0,c:x:4,b:y:0,d:y:0
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]", b: "f32[4]", c: "f32[4]", d: "f32[4]", e: "f32[4]"):
        add_: "f32[4]" = torch.ops.aten.add_.Tensor(b, 1)
        unsqueeze_: "f32[1, 4]" = torch.ops.aten.unsqueeze_.default(d, 0)
        add: "f32[4]" = torch.ops.aten.add.Tensor(a, c)
        add_1: "f32[1, 4]" = torch.ops.aten.add.Tensor(add, unsqueeze_)
        view: "f32[4]" = torch.ops.aten.view.default(add_, [-1])
        add_2: "f32[4]" = torch.ops.aten.add.Tensor(view, e)
        return (add_1, view, add_2)
# expect input:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]", y: "f32[4]", e: "f32[4]"):
        a: "f32[4]" = torch.ops.aten.as_strided.default(x, [4], [1], 0)
        b: "f32[4]" = torch.ops.aten.as_strided.default(y, [4], [1], 0)
        c: "f32[4]" = torch.ops.aten.as_strided.default(x, [4], [1], 4);  x = None
        d: "f32[4]" = torch.ops.aten.as_strided.default(y, [4], [1], 0);  y = None
        add_: "f32[4]" = torch.ops.aten.add_.Tensor(b, 1);  b = None
        unsqueeze_: "f32[1, 4]" = torch.ops.aten.unsqueeze_.default(d, 0);  d = None
        add: "f32[4]" = torch.ops.aten.add.Tensor(a, c);  a = c = None
        add_1: "f32[1, 4]" = torch.ops.aten.add.Tensor(add, unsqueeze_);  add = unsqueeze_ = None
        view: "f32[4]" = torch.ops.aten.view.default(add_, [-1]);  add_ = None
        add_2: "f32[4]" = torch.ops.aten.add.Tensor(view, e);  e = None
        return (add_1, view, add_2)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]", y: "f32[4]", e: "f32[4]"):
        as_strided: "f32[4]" = torch.ops.aten.as_strided.default(x, [4], [1], 0)
        as_strided_1: "f32[4]" = torch.ops.aten.as_strided.default(y, [4], [1], 0)
        as_strided_2: "f32[4]" = torch.ops.aten.as_strided.default(x, [4], [1], 4);  x = None
        add: "f32[4]" = torch.ops.aten.add.Tensor(as_strided_1, 1);  as_strided_1 = None
        as_strided_write: "f32[4]" = torch.ops.aten.as_strided_scatter.default(y, add, [4], [1], 0);  y = add = None
        add_1: "f32[4]" = torch.ops.aten.add.Tensor(as_strided, as_strided_2);  as_strided = as_strided_2 = None
        as_strided_5: "f32[4]" = torch.ops.aten.as_strided.default(as_strided_write, [4], [1], 0)
        unsqueeze_1: "f32[1, 4]" = torch.ops.aten.unsqueeze.default(as_strided_5, 0);  as_strided_5 = None
        add_2: "f32[1, 4]" = torch.ops.aten.add.Tensor(add_1, unsqueeze_1);  add_1 = unsqueeze_1 = None
        as_strided_6: "f32[4]" = torch.ops.aten.as_strided.default(as_strided_write, [4], [1], 0)
        view_1: "f32[4]" = torch.ops.aten.view.default(as_strided_6, [-1]);  as_strided_6 = None
        add_3: "f32[4]" = torch.ops.aten.add.Tensor(view_1, e);  e = None
        return (as_strided_write, add_2, view_1, add_3)
