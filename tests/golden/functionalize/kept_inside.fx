# Inference with the mutation kept in the graph: x[:, 0] = 3; x.add_(1).
# run: infer keep
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]"):
        select = torch.ops.aten.select.int(x, 1, 0)
        fill_ = torch.ops.aten.fill_.Scalar(select, 3.0)
        add_ = torch.ops.aten.add_.Tensor(x, 1)
        sin = torch.ops.aten.sin.default(x)
        return (sin, add_)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3, 4]"):
        select: "f32[3]" = torch.ops.aten.select.int(x, 1, 0)
        fill: "f32[3]" = torch.ops.aten.fill.Scalar(select, 3.0);  select = None
        select_scatter: "f32[3, 4]" = torch.ops.aten.select_scatter.default(x, fill, 1, 0);  fill = None
        add: "f32[3, 4]" = torch.ops.aten.add.Tensor(select_scatter, 1);  select_scatter = None
        sin: "f32[3, 4]" = torch.ops.aten.sin.default(add)
        copy_: "f32[3, 4]" = torch.ops.aten.copy_.default(x, add);  x = add = None
        return (sin, copy_)
