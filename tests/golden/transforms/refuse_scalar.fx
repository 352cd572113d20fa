# grad wants a scalar.
# run: transform=grad
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        return (x.sin(),)
# expect error:
grad: Expected f(*args) to return a scalar tensor, got tensor with 1 dims. Maybe you wanted to use the vjp or jacrev APIs instead?
