# An argument that all items of a map share.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3]"):
        sin: "f32[3]" = torch.ops.aten.sin.default(y)
        body = self.body
        call = torch.ops.higher_order.map_impl(body, [x], [sin])
        getitem: "f32[2, 3]" = call[0]
        return (getitem,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]", b: "f32[3]"):
            add_: "f32[3]" = torch.ops.aten.add_.Tensor(b, 1)
            add: "f32[3]" = torch.ops.aten.add.Tensor(a, b)
            return [add]
# expect error:
map only supports in-place mutation of xs (each iteration sees a storage-disjoint slice). pos_args are loop-invariant: every iteration sees the same tensor, so a mutation makes iterations depend on each other, breaking map's independence contract and introducing a data race under any parallel lowering. Use scan or while_loop if sequential buffer updates are required.
