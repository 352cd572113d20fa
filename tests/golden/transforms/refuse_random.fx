# Random numbers want a mode.
# run: transform=vmap(size=2)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        return (x + torch.ops.aten.rand.default([3]),)
# expect error:
vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' randomness flags on vmap or perform the randomness operation out of vmap
