# 4:13: SCHEMA: autograd_function_apply: Expected bwd to be a function or method.
#         w = torch.ops.higher_order.autograd_function_apply(body, x, x, non_differentiable_idx = [])
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.autograd_function_apply(body, x, x, non_differentiable_idx = [])
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
