# A branch has a thread of its own, and no effect in the backward.
# run: grad=x
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", p: "b8[]"):
        yes = self.yes
        no = self.no
        cond = torch.ops.higher_order.cond(p, yes, no, (x,))
        getitem: "f32[3]" = cond[0]
        return (getitem,)

    class yes(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            _print = torch.ops.aten._print.default('yes')
            sin: "f32[3]" = torch.ops.aten.sin.default(x)
            return (sin,)

    class no(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            cos: "f32[3]" = torch.ops.aten.cos.default(x)
            return (cos,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3]", primals_2: "b8[]"):
        yes = self.yes
        no = self.no
        cond = torch.ops.higher_order.cond(primals_2, yes, no, (primals_1,));  yes = no = None
        getitem: "f32[3]" = cond[0];  cond = None
        return (getitem, primals_1, primals_2)
    class yes(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            _make_token: "f32[0]" = torch.ops.prims._make_token.default()
            with_effects = torch.ops.higher_order.with_effects(_make_token, torch.ops.aten._print.default, 'yes');  _make_token = None
            getitem: "f32[0]" = with_effects[0];  with_effects = None
            sin: "f32[3]" = torch.ops.aten.sin.default(x);  x = None
            _sink_tokens = torch.ops.prims._sink_tokens.default([getitem]);  getitem = _sink_tokens = None
            return (sin,)
    class no(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            cos: "f32[3]" = torch.ops.aten.cos.default(x);  x = None
            return (cos,)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3]", primals_2: "b8[]", tangents_1: "f32[3]"):
        true_graph_0 = self.true_graph_0
        false_graph_0 = self.false_graph_0
        cond_1 = torch.ops.higher_order.cond(primals_2, true_graph_0, false_graph_0, (primals_1, tangents_1));  primals_2 = true_graph_0 = false_graph_0 = primals_1 = tangents_1 = None
        getitem_1: "f32[3]" = cond_1[0];  cond_1 = None
        return (getitem_1, None)
    class true_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
            cos: "f32[3]" = torch.ops.aten.cos.default(arg0_1);  arg0_1 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, cos);  arg1_1 = cos = None
            return [mul]
    class false_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
            sin: "f32[3]" = torch.ops.aten.sin.default(arg0_1);  arg0_1 = None
            neg: "f32[3]" = torch.ops.aten.neg.default(sin);  sin = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg1_1, neg);  arg1_1 = neg = None
            return [mul]
