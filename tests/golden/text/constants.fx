# Numbers of the text are folded; names may stand for constants; tuples may be unpacked.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[6]"):
        n = 2 * 3 - 1
        scale = -n / 2
        a, b = x.split([2, 4])
        c = x * scale + 1e-3
        d = x.reshape([n - 2, 2])
        e = b
        return (a, e, c, d, n)
# expect input:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[6]"):
        split = torch.ops.aten.split.sizes(x, [2, 4])
        a: "f32[2]" = split[0]
        b: "f32[4]" = split[1];  split = None
        mul: "f32[6]" = torch.ops.aten.mul.Tensor(x, -2.5)
        c: "f32[6]" = torch.ops.aten.add.Tensor(mul, 0.001);  mul = None
        d: "f32[3, 2]" = torch.ops.aten.reshape.default(x, [3, 2]);  x = None
        return (a, b, c, d, 5)
