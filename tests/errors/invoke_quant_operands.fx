# 4:13: SCHEMA: invoke_quant: the body takes 1 operands, the call has 0
#         w = torch.ops.higher_order.invoke_quant_packed(body)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.invoke_quant_packed(body)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
