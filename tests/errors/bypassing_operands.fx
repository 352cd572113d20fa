# 4:13: SCHEMA: dynamo_bypassing_wrapper: the body takes 1 operands, the call has 2
#         w = torch.ops.higher_order.dynamo_bypassing_wrapper('key', body, x, x)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.dynamo_bypassing_wrapper('key', body, x, x)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
