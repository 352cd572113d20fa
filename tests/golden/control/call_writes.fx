# A body that writes its input returns the new value, which the caller's tensor takes.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        body_0 = self.body_0
        strict_mode = torch.ops.higher_order.strict_mode(body_0, (x,))
        getitem: "f32[4]" = strict_mode[0]
        add: "f32[4]" = getitem + x
        return (add,)

    class body_0(torch.nn.Module):
        def forward(self, x: "f32[4]"):
            add_: "f32[4]" = x.add_(1)
            sin: "f32[4]" = x.sin()
            return (sin,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        body_0 = self.body_0
        strict_mode = torch.ops.higher_order.strict_mode(body_0, (x,));  body_0 = x = None
        getitem: "f32[4]" = strict_mode[1]
        getitem_1: "f32[4]" = strict_mode[0];  strict_mode = None
        add: "f32[4]" = torch.ops.aten.add.Tensor(getitem_1, getitem);  getitem_1 = None
        return (getitem, add)
    class body_0(torch.nn.Module):
        def forward(self, x: "f32[4]"):
            add: "f32[4]" = torch.ops.aten.add.Tensor(x, 1);  x = None
            sin: "f32[4]" = torch.ops.aten.sin.default(add)
            return (sin, add)
