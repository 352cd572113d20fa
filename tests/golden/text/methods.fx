# Methods take sizes as separate arguments, and conversions have names of their own.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3, 4]", i: "i64[2, 3]"):
        a = x.view(2, -1)
        b = x.permute(2, 0, 1).contiguous().reshape(4, 6)
        c = x.transpose(1, 2).flatten(1)
        d = x.sum(dim=1, keepdim=True).expand(2, 3, 4)
        e = x.mean(axis=2)
        values, where = x.max(dim=1)
        f = x.double().half().float()
        g = i.to(torch.float32) + i.long()
        h = x.size(0) * x.shape[1] + x.dim()
        k = x.unsqueeze(0).squeeze(0).chunk(2, 2)
        l = x.T
        m = x.softmax(dim=-1).type_as(i)
        n = x.new_zeros(2, 2)
        return (a, b, c, d, e, values, where, f, g, h, k[1], l, m, n)
# expect input:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3, 4]", i: "i64[2, 3]"):
        a: "f32[2, 12]" = torch.ops.aten.view.default(x, [2, -1])
        permute: "f32[4, 2, 3]" = torch.ops.aten.permute.default(x, [2, 0, 1])
        contiguous: "f32[4, 2, 3]" = torch.ops.aten.contiguous.default(permute);  permute = None
        b: "f32[4, 6]" = torch.ops.aten.reshape.default(contiguous, [4, 6]);  contiguous = None
        transpose: "f32[2, 4, 3]" = torch.ops.aten.transpose.int(x, 1, 2)
        c: "f32[2, 12]" = torch.ops.aten.flatten.using_ints(transpose, 1);  transpose = None
        sum_1: "f32[2, 1, 4]" = torch.ops.aten.sum.dim_IntList(x, dim = [1], keepdim = True)
        d: "f32[2, 3, 4]" = torch.ops.aten.expand.default(sum_1, [2, 3, 4]);  sum_1 = None
        e: "f32[2, 3]" = torch.ops.aten.mean.dim(x, dim = [2])
        max_1 = torch.ops.aten.max.dim(x, dim = 1)
        values: "f32[2, 4]" = max_1[0]
        where: "i64[2, 4]" = max_1[1];  max_1 = None
        to: "f64[2, 3, 4]" = torch.ops.aten.to.dtype(x, torch.float64)
        to_1: "f16[2, 3, 4]" = torch.ops.aten.to.dtype(to, torch.float16);  to = None
        f: "f32[2, 3, 4]" = torch.ops.aten.to.dtype(to_1, torch.float32);  to_1 = None
        to_2: "f32[2, 3]" = torch.ops.aten.to.dtype(i, torch.float32)
        to_3: "i64[2, 3]" = torch.ops.aten.to.dtype(i, torch.int64)
        g: "f32[2, 3]" = torch.ops.aten.add.Tensor(to_2, to_3);  to_2 = to_3 = None
        sym_size = torch.ops.aten.sym_size.int(x, 0)
        mul = sym_size * 3;  sym_size = mul = None
        unsqueeze: "f32[1, 2, 3, 4]" = torch.ops.aten.unsqueeze.default(x, 0)
        squeeze: "f32[2, 3, 4]" = torch.ops.aten.squeeze.dim(unsqueeze, 0);  unsqueeze = None
        k = torch.ops.aten.chunk.default(squeeze, 2, 2);  squeeze = None
        l: "f32[4, 3, 2]" = torch.ops.aten.numpy_T.default(x)
        softmax: "f32[2, 3, 4]" = torch.ops.aten.softmax.int(x, dim = -1)
        m: "i64[2, 3, 4]" = torch.ops.aten.type_as.default(softmax, i);  softmax = i = None
        n: "f32[2, 2]" = torch.ops.aten.new_zeros.default(x, [2, 2]);  x = None
        getitem: "f32[2, 3, 2]" = k[1];  k = None
        return (a, b, c, d, e, values, where, f, g, 9, getitem, l, m, n)
