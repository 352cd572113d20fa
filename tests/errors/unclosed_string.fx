# 3:68: SYNTAX: a string has no end
#         add = torch.ops.aten.div.Tensor_mode(x, x, rounding_mode = 'floor)
#                                                                    ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3, 4]"):
        add = torch.ops.aten.div.Tensor_mode(x, x, rounding_mode = 'floor)
        return (add,)
