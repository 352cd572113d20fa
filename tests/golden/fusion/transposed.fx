# The second operator walks across the first one's result: one program, in blocks.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[32, 48]", y: "f32[48, 32]"):
        exp = torch.ops.aten.exp.default(x)
        permute = torch.ops.aten.permute.default(exp, [1, 0])
        add = torch.ops.aten.add.Tensor(permute, y)
        return (add,)
# expect fusion:
fusion: 1 of 1 steps are fused, from 2 operators
       0  add = exp add
        over 32 × 48, tiles of 512 in blocks, 3 buffers of 2048 bytes
        r0 = load tensor 1, f32 (dense)
        r3 = load tensor 2, f32 (strides 1, 32)
        r1 = exp(r0)
        r4 = add(r1, r3)
        store r4 to tensor 0, f32 (dense)
