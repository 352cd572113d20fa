# x[…]: selections, slices, new dimensions and gathers, in the order in which torch makes them.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 5, 6]", i: "i64[3]"):
        a = x[0]
        b = x[1:, :-1]
        c = x[..., None, 2]
        d = x[:, ::2, 1:6:3]
        e = x[i]
        f = x[:, i, None]
        h = x[-1][0][1]
        k = x[(slice(None, None, None), 0)]
        l = x[:]
        return (a, b, c, d, e, f, h, k, l)
# expect input:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 5, 6]", i: "i64[3]"):
        a: "f32[5, 6]" = torch.ops.aten.select.int(x, 0, 0)
        slice_1: "f32[3, 5, 6]" = torch.ops.aten.slice.Tensor(x, 0, 1, 9223372036854775807)
        b: "f32[3, 4, 6]" = torch.ops.aten.slice.Tensor(slice_1, 1, 0, -1);  slice_1 = None
        unsqueeze: "f32[4, 5, 1, 6]" = torch.ops.aten.unsqueeze.default(x, 2)
        c: "f32[4, 5, 1]" = torch.ops.aten.select.int(unsqueeze, 3, 2);  unsqueeze = None
        slice_3: "f32[4, 3, 6]" = torch.ops.aten.slice.Tensor(x, 1, 0, 9223372036854775807, 2)
        d: "f32[4, 3, 2]" = torch.ops.aten.slice.Tensor(slice_3, 2, 1, 6, 3);  slice_3 = None
        e: "f32[3, 5, 6]" = torch.ops.aten.index.Tensor(x, [i])
        unsqueeze_1: "f32[4, 5, 1, 6]" = torch.ops.aten.unsqueeze.default(x, 2)
        f: "f32[4, 3, 1, 6]" = torch.ops.aten.index.Tensor(unsqueeze_1, [None, i]);  unsqueeze_1 = i = None
        select_2: "f32[5, 6]" = torch.ops.aten.select.int(x, 0, -1)
        select_3: "f32[6]" = torch.ops.aten.select.int(select_2, 0, 0);  select_2 = None
        h: "f32[]" = torch.ops.aten.select.int(select_3, 0, 1);  select_3 = None
        k: "f32[4, 6]" = torch.ops.aten.select.int(x, 1, 0)
        l: "f32[4, 5, 6]" = torch.ops.aten.alias.default(x);  x = None
        return (a, b, c, d, e, f, h, k, l)
