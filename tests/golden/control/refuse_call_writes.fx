# In training such a write is refused.
# run: grad=x
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        exp: "f32[4]" = x.exp()
        body_0 = self.body_0
        strict_mode = torch.ops.higher_order.strict_mode(body_0, (exp,))
        getitem: "f32[4]" = strict_mode[0]
        add: "f32[4]" = getitem + x
        return (add,)

    class body_0(torch.nn.Module):
        def forward(self, x: "f32[4]"):
            add_: "f32[4]" = x.add_(1)
            sin: "f32[4]" = x.sin()
            return (sin,)
# expect error:
The strict_mode HigherOrderOperator does not currently support training with in-place input or buffer mutations If you require this feature, please submit an issue to PyTorch. Alternatively, consider creating your own custom autograd.Function. 
