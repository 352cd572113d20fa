# The same in training is refused, as in PyTorch.
# run: grad=x
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[8]", n: "f32[8]"):
        subgraph_0 = self.subgraph_0
        a = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', n, x)
        getitem: "f32[8]" = a[0]
        subgraph_1 = self.subgraph_0
        b = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_0', n, getitem)
        getitem_1: "f32[8]" = b[0]
        return (getitem_1,)

    class subgraph_0(torch.nn.Module):
        def forward(self, n: "f32[8]", x: "f32[8]"):
            add_: "f32[8]" = n.add_(1)
            mul: "f32[8]" = x * n
            return (mul,)
# expect error:
The invoke_subgraph HigherOrderOperator does not currently support training with in-place input or buffer mutations If you require this feature, please submit an issue to PyTorch. Alternatively, consider creating your own custom autograd.Function.
