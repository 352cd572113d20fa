# 4:13: SHAPE: foreach_map: operand 0 is not the tensor of 1 dimensions that the body takes
#         w = torch.ops.higher_order.foreach_map(body, 2)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        w = torch.ops.higher_order.foreach_map(body, 2)
        return (w,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]"):
            b = a.sin()
            return (b,)
