# A derivative and the sum over its columns; bf16 is rounded where each operator's result would be.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, g: "bf16[32, 16]", y: "bf16[32, 16]"):
        tanh_backward = torch.ops.aten.tanh_backward.default(g, y)
        sum_1 = torch.ops.aten.sum.dim_IntList(tanh_backward, [0])
        return (tanh_backward, sum_1)
# expect fusion:
fusion: 1 of 1 steps are fused, from 2 operators
       0  sum_1 = tanh_backward sum
        over 32 rows × 16, tiles of 32 × 16, 3 buffers of 2048 bytes
        r0 = load tensor 2, bf16 (dense)
        r1 = load tensor 3, bf16 (dense)
        r2 = tanh_backward(r0, r1) as bf16
        store r2 to tensor 0, bf16 (dense)
        store r2 to tensor 1, bf16, sum over the rest (strides 0, 1)
