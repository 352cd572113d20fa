# A batch of batches; the second batch stands last.
# run: infer transform=vmap(size=2);vmap(size=5,in_dims=-1,out_dims=1)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        return (torch.softmax(x, 0),)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[2, 3, 5]"):
        permute: "f32[5, 2, 3]" = torch.ops.aten.permute.default(x, [2, 0, 1]);  x = None
        _softmax: "f32[5, 2, 3]" = torch.ops.aten._softmax.default(permute, 2, False);  permute = None
        permute_1: "f32[2, 5, 3]" = torch.ops.aten.permute.default(_softmax, [1, 0, 2]);  _softmax = None
        return (permute_1,)
