# 4:13: SCHEMA: expected inner_fn to be torch.fx.GraphModule, got x
#         w = torch.ops.higher_order.dynamo_bypassing_wrapper('key', x, x)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.dynamo_bypassing_wrapper('key', x, x)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
