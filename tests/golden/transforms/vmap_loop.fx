# No rule: a loop over the batch.
# run: infer transform=vmap(size=4,in_dims=(0,0,None))
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", m: "b8[3]", y: "f32[3]"):
        return (torch.ops.aten.masked_scatter.default(x, m, y),)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[4, 3]", m: "b8[4, 3]", y: "f32[3]"):
        expand: "f32[4, 3]" = torch.ops.aten.expand.default(y, [4, 3]);  y = None
        body_graph_0 = self.body_graph_0
        map_impl = torch.ops.higher_order.map_impl(body_graph_0, [x, m, expand], []);  body_graph_0 = x = m = expand = None
        getitem: "f32[4, 3]" = map_impl[0];  map_impl = None
        return (getitem,)
    class body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "b8[3]", arg2_1: "f32[3]"):
            masked_scatter: "f32[3]" = torch.ops.aten.masked_scatter.default(arg0_1, arg1_1, arg2_1);  arg0_1 = arg1_1 = arg2_1 = None
            return (masked_scatter,)
