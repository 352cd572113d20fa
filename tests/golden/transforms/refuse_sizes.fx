# A size for each example is none.
# run: transform=vmap(size=2)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        nonzero = torch.ops.aten.nonzero.default(x)
        return (nonzero,)

# expect error:
vmap: We do not support batching operators that can output dynamic shape. Attempted to vmap over aten::nonzero.
