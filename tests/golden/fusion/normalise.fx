# Rows: a mean of squares, its root and the product are one tile program that reads the rows once.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8, 64]", w: "f32[64]"):
        pow_1 = torch.ops.aten.pow.Tensor_Scalar(x, 2)
        mean = torch.ops.aten.mean.dim(pow_1, [-1], True)
        add = torch.ops.aten.add.Tensor(mean, 1e-06)
        rsqrt = torch.ops.aten.rsqrt.default(add)
        mul = torch.ops.aten.mul.Tensor(x, rsqrt)
        mul_1 = torch.ops.aten.mul.Tensor(mul, w)
        return (mul_1,)
# expect fusion:
fusion: 1 of 1 steps are fused, from 6 operators
       0  mul_1 = pow mean add rsqrt mul mul
        over 8 rows × 64, tiles of 8 × 64, 5 buffers of 2048 bytes
        r0 = load tensor 1, f32 (dense)
        r13 = load tensor 2, f32 (strides 0, 1)
        r5 = 1e-06
        r1 = square(r0)
        r3 = sum(r1) * 0.015625  # of each row
        r6 = add(r3, r5)  # of each row
        r8 = rsqrt(r6)  # of each row
        r15 = expand(r8)
        r11 = mul(r0, r15)
        r14 = mul(r11, r13)
        store r14 to tensor 0, f32 (dense)
