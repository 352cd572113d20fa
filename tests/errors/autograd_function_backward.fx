# 5:13: SCHEMA: autograd_function_apply: bwd takes 4 values, the forward gives 1 outputs and saves 1
#         w = torch.ops.higher_order.autograd_function_apply(fwd, bwd, x, non_differentiable_idx = [])
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        fwd = self.fwd
        bwd = self.bwd
        w = torch.ops.higher_order.autograd_function_apply(fwd, bwd, x, non_differentiable_idx = [])
        return (w,)

    class fwd(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return ((b,), (a,))

    class bwd(torch.nn.Module):
        def forward(self, g: "f32[3]", a: "f32[3]", b: "f32[3]", c: "f32[3]"):
            return (g,)
