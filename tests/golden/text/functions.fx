# torch.* and torch.nn.functional.* functions, with Python's names and order of parameters.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 8]", w: "f32[8, 8]", b: "f32[8]", t: "i64[4]", e: "f32[10, 8]", im: "f32[1, 3, 8, 8]"):
        l = torch.nn.functional.linear(x, w, b)
        r = torch.nn.functional.relu(l, inplace=False)
        d = torch.nn.functional.dropout(r, 0.5, training=False)
        n = torch.nn.functional.layer_norm(d, (8,), b, None, 1e-05)
        s = torch.nn.functional.softmax(n, dim=-1)
        loss = torch.nn.functional.cross_entropy(s, t, reduction='sum')
        emb = torch.nn.functional.embedding(t, e)
        g = torch._C._nn.gelu(x, approximate='tanh')
        p = torch.nn.functional.max_pool2d(im, 2)
        q = torch.cat([x, g], dim=1)
        z = torch.zeros(2, 3)
        y = torch.where(x > 0, x, 0.0)
        o = torch.add(input=x, other=g, alpha=2)
        v = torch.linalg.vector_norm(x)
        m = torch.nn.functional.mse_loss(x, g)
        return (loss, emb, p, q, z, y, o, v, m)
# expect input:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 8]", w: "f32[8, 8]", b: "f32[8]", t: "i64[4]", e: "f32[10, 8]", im: "f32[1, 3, 8, 8]"):
        l: "f32[4, 8]" = torch.ops.aten.linear.default(x, w, b);  w = None
        r: "f32[4, 8]" = torch.ops.aten.relu.default(l);  l = None
        d: "f32[4, 8]" = torch.ops.aten.dropout.default(r, 0.5, False);  r = None
        n: "f32[4, 8]" = torch.ops.aten.layer_norm.default(d, (8,), b, None, 1e-05);  d = b = None
        s: "f32[4, 8]" = torch.ops.aten.softmax.int(n, -1);  n = None
        loss: "f32[]" = torch.ops.aten.cross_entropy_loss.default(s, t, None, 2);  s = None
        emb: "f32[4, 8]" = torch.ops.aten.embedding.default(e, t);  e = t = None
        g: "f32[4, 8]" = torch.ops.aten.gelu.default(x, approximate = 'tanh')
        p: "f32[1, 3, 4, 4]" = torch.ops.aten.max_pool2d.default(im, [2, 2]);  im = None
        q: "f32[4, 16]" = torch.ops.aten.cat.default([x, g], dim = 1)
        z: "f32[2, 3]" = torch.ops.aten.zeros.default([2, 3])
        gt: "b8[4, 8]" = torch.ops.aten.gt.Scalar(x, 0)
        y: "f32[4, 8]" = torch.ops.aten.where.ScalarOther(gt, x, 0.0);  gt = None
        o: "f32[4, 8]" = torch.ops.aten.add.Tensor(self = x, other = g, alpha = 2)
        v: "f32[]" = torch.ops.aten.linalg_vector_norm.default(x)
        m: "f32[]" = torch.ops.aten.mse_loss.default(x, g);  x = g = None
        return (loss, emb, p, q, z, y, o, v, m)
