# A chain, a view in its middle and a broadcast are one pass; what somebody else reads is stored as well.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4, 6]", b: "f32[3]"):
        mul = torch.ops.aten.mul.Tensor(a, 2)
        view = torch.ops.aten.view.default(mul, [4, 2, 3])
        add = torch.ops.aten.add.Tensor(view, b)
        tanh = torch.ops.aten.tanh.default(add)
        return (tanh, mul)
# expect fusion:
fusion: 1 of 1 steps are fused, from 3 operators
       0  tanh = mul add tanh
        over 8 × 3, tiles of 512, 4 buffers of 2048 bytes
        r0 = load tensor 2, f32 (dense)
        r4 = load tensor 3, f32 (strides 0, 1)
        r1 = 2.0
        r2 = mul(r0, r1)
        r5 = add(r2, r4)
        r7 = tanh(r5)
        store r2 to tensor 0, f32 (dense)
        store r7 to tensor 1, f32 (dense)
