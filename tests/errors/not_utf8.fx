# 3:47: SYNTAX: the text is not UTF-8: there is a byte 0xff here
#         add = torch.ops.aten.add.Tensor(x, x) ÿ
#                                               ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        add = torch.ops.aten.add.Tensor(x, x) ÿ
        return (add,)
