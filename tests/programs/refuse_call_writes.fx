class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        # No stacktrace found for following nodes
        exp: "f32[4]" = torch.ops.aten.exp.default(x)
        body_0 = self.body_0
        strict_mode = torch.ops.higher_order.strict_mode(body_0, (exp,));  body_0 = exp = None
        getitem: "f32[4]" = strict_mode[0];  strict_mode = None
        add: "f32[4]" = torch.ops.aten.add.Tensor(getitem, x);  getitem = x = None
        return (add,)

    class body_0(torch.nn.Module):
        def forward(self, x: "f32[4]"):
            # No stacktrace found for following nodes
            add_: "f32[4]" = torch.ops.aten.add_.Tensor(x, 1);  add_ = None
            sin: "f32[4]" = torch.ops.aten.sin.default(x);  x = None
            return (sin,)
