# A field without argument.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        body = torch.ops.higher_order.print('{x} {y}', x = x)
        return (x,)
# expect error:
print: there is no argument 'y' for the format
