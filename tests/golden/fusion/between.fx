# A product between them keeps two steps apart.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
        relu = torch.ops.aten.relu.default(x)
        mm = torch.ops.aten.mm.default(relu, w)
        add = torch.ops.aten.add.Tensor(mm, relu)
        return (add,)
# expect fusion:
fusion: 0 of 3 steps are fused, from 0 operators
