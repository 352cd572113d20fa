# Python's operators and methods on tensors are the ATen operators they stand for.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 8]", w: "f32[8, 8]", b: "f32[8]"):
        h = x @ w + b
        a = -h * 2
        c = 1 - h / 3
        d = 2 / (h.exp() + 1)
        e = h ** 2 - 2 ** h
        f = (h > 0) & ~(h == 1) | (h <= -1)
        g = h.relu().sum() + h.mean(-1).max()
        i = 3 > h
        j = +h
        k = h // 2 + h % 2
        return (a, c, d, e, f, g, i, j, k)
# expect input:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 8]", w: "f32[8, 8]", b: "f32[8]"):
        matmul: "f32[4, 8]" = torch.ops.aten.matmul.default(x, w);  x = w = None
        h: "f32[4, 8]" = torch.ops.aten.add.Tensor(matmul, b);  matmul = b = None
        neg: "f32[4, 8]" = torch.ops.aten.neg.default(h)
        a: "f32[4, 8]" = torch.ops.aten.mul.Tensor(neg, 2);  neg = None
        div: "f32[4, 8]" = torch.ops.aten.div.Tensor(h, 3)
        c: "f32[4, 8]" = torch.ops.aten.rsub.Scalar(div, 1);  div = None
        exp: "f32[4, 8]" = torch.ops.aten.exp.default(h)
        add_1: "f32[4, 8]" = torch.ops.aten.add.Tensor(exp, 1);  exp = None
        reciprocal: "f32[4, 8]" = torch.ops.aten.reciprocal.default(add_1);  add_1 = None
        d: "f32[4, 8]" = torch.ops.aten.mul.Tensor(reciprocal, 2);  reciprocal = None
        pow_1: "f32[4, 8]" = torch.ops.aten.pow.Tensor_Scalar(h, 2)
        pow_2: "f32[4, 8]" = torch.ops.aten.pow.Scalar(2, h)
        e: "f32[4, 8]" = torch.ops.aten.sub.Tensor(pow_1, pow_2);  pow_1 = pow_2 = None
        gt: "b8[4, 8]" = torch.ops.aten.gt.Scalar(h, 0)
        eq: "b8[4, 8]" = torch.ops.aten.eq.Scalar(h, 1)
        bitwise_not: "b8[4, 8]" = torch.ops.aten.bitwise_not.default(eq);  eq = None
        bitwise_and: "b8[4, 8]" = torch.ops.aten.bitwise_and.Tensor(gt, bitwise_not);  gt = bitwise_not = None
        le: "b8[4, 8]" = torch.ops.aten.le.Scalar(h, -1)
        f: "b8[4, 8]" = torch.ops.aten.bitwise_or.Tensor(bitwise_and, le);  bitwise_and = le = None
        relu: "f32[4, 8]" = torch.ops.aten.relu.default(h)
        sum_1: "f32[]" = torch.ops.aten.sum.default(relu);  relu = None
        mean: "f32[4]" = torch.ops.aten.mean.dim(h, [-1])
        max_1: "f32[]" = torch.ops.aten.max.default(mean);  mean = None
        g: "f32[]" = torch.ops.aten.add.Tensor(sum_1, max_1);  sum_1 = max_1 = None
        i: "b8[4, 8]" = torch.ops.aten.lt.Scalar(h, 3)
        j: "f32[4, 8]" = torch.ops.aten.positive.default(h)
        floor_divide: "f32[4, 8]" = torch.ops.aten.floor_divide.Scalar(h, 2)
        remainder: "f32[4, 8]" = torch.ops.aten.remainder.Scalar(h, 2);  h = None
        k: "f32[4, 8]" = torch.ops.aten.add.Tensor(floor_divide, remainder);  floor_divide = remainder = None
        return (a, c, d, e, f, g, i, j, k)
