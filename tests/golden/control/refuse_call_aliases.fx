# A body may not hand out its input.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        body_0 = self.body_0
        foreach_map = torch.ops.higher_order.foreach_map(body_0, x)
        getitem: "f32[2, 2]" = foreach_map[0]
        return (getitem,)

    class body_0(torch.nn.Module):
        def forward(self, x: "f32[4]"):
            view: "f32[2, 2]" = x.view(2, 2)
            return (view,)
# expect error:
Encountered aliasing during higher order op tracing: Higher order ops do not support aliasing. Found in foreach_map
