# An effect that must be computed again.
# run: grad=x
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        body = self.body
        tag = torch.ops.higher_order.tag_activation_checkpoint(body, x)
        getitem: "f32[3]" = tag[0]
        return (getitem,)

    class body(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            # recompute: MUST_RECOMPUTE
            sin: "f32[3]" = torch.ops.aten.sin.default(x)
            _print = torch.ops.aten._print.default('yes')
            cos: "f32[3]" = torch.ops.aten.cos.default(sin)
            return (cos,)
# expect error:
AOTAutograd does not support MUST_RECOMPUTE for effectful operations because forward effects cannot join the backward effect-token chain.
