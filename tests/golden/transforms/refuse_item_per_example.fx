# A mask of each example cannot choose how many elements there are.
# run: transform=vmap(size=2)
class M(torch.nn.Module):
    def forward(self, x: "b8[3]", y: "f32[2, 3]", z: "f32[]"):
        r = torch.ops.aten.index_put.default(y, [None, x], z)
        return (r,)
# expect error:
vmap: It looks like you're attempting to use a mask that differs between examples as an index of torch.ops.aten.index_put.default: the examples' results would have different sizes. Use torch.where
