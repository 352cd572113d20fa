# Items that a body writes, where something is differentiated.
# run: x
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3]"):
        sin: "f32[2, 3]" = torch.ops.aten.sin.default(x)
        body = self.body
        call = torch.ops.higher_order.map_impl(body, [sin], [y])
        getitem: "f32[2, 3]" = call[0]
        return (getitem,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]", b: "f32[3]"):
            add_: "f32[3]" = torch.ops.aten.add_.Tensor(a, 1)
            add: "f32[3]" = torch.ops.aten.add.Tensor(a, b)
            return [add]
# expect error:
The map_impl HigherOrderOperator does not currently support training with in-place input or buffer mutations If you require this feature, please submit an issue to PyTorch. Alternatively, consider creating your own custom autograd.Function. 
