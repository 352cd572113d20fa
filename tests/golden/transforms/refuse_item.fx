# A number for each example is no number of the program.
# run: transform=vmap(size=2)
class M(torch.nn.Module):
    def forward(self, x: "i64[]", y: "f32[5]"):
        item = torch.ops.aten.item.default(x)
        r = torch.ops.aten.mul.Tensor(y, item)
        return (r,)

# expect error:
vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling .item() on a Tensor, please try to rewrite what you're doing with other operations.
