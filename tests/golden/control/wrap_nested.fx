# Bodies of wrap are inlined at every depth.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", free: "f32[3]"):
        wrap_body_1 = self.wrap_body_1
        wrap = torch.ops.higher_order.wrap(wrap_body_1, x, free)
        getitem: "f32[3]" = wrap[0]
        return (getitem,)

    class wrap_body_1(torch.nn.Module):
        def forward(self, x: "f32[3]", free: "f32[3]"):
            add: "f32[3]" = x + 1
            wrap_body_0 = self.wrap_body_0
            wrap = torch.ops.higher_order.wrap(wrap_body_0, x, add, free)
            getitem: "f32[3]" = wrap[0]
            return (getitem,)

        class wrap_body_0(torch.nn.Module):
            def forward(self, x: "f32[3]", add: "f32[3]", free: "f32[3]"):
                add_1: "f32[3]" = x + add
                add_2: "f32[3]" = add_1 + free
                return (add_2,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", free: "f32[3]"):
        add: "f32[3]" = torch.ops.aten.add.Tensor(x, 1)
        add_1: "f32[3]" = torch.ops.aten.add.Tensor(x, add);  x = add = None
        add_2: "f32[3]" = torch.ops.aten.add.Tensor(add_1, free);  add_1 = free = None
        return (add_2,)
