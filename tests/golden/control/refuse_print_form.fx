# A form that numbers do not have.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        body = torch.ops.higher_order.print('{x:.3q}', x = x)
        return (x,)
# expect error:
print: the format '.3q' is not known
