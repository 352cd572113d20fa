# 4:13: SCHEMA: invoke_quant: when calling this API without torch.compile, we require that the subgraph be a torch.fx.GraphModule (or a function we know doesn't have free variables).
#         w = torch.ops.higher_order.invoke_quant(x, x, scheme = 'nf4')
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.invoke_quant(x, x, scheme = 'nf4')
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
