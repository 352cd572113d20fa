class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]", w: "f32[4]"):
        body_0 = self.body_0
        local_map_hop = torch.ops.higher_order.local_map_hop(body_0, x, w);  body_0 = x = w = None
        getitem: "f32[3, 4]" = local_map_hop[0];  local_map_hop = None
        return (getitem,)

    class body_0(torch.nn.Module):
        def forward(self, x: "f32[3, 4]", w: "f32[4]"):
            mul: "f32[3, 4]" = torch.ops.aten.mul.Tensor(x, w);  w = None
            sin: "f32[3, 4]" = torch.ops.aten.sin.default(mul);  mul = None
            add: "f32[3, 4]" = torch.ops.aten.add.Tensor(sin, x);  sin = x = None
            return (add,)
