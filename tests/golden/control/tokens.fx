# Effects keep their order by a token, which is the first input and the first output.
# run: grad=x
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]", y: "f32[3]"):
        print_1 = torch.ops.higher_order.print('x is {}', x)
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(x, y)
        _print = torch.ops.aten._print.default('between')
        sin: "f32[3]" = torch.ops.aten.sin.default(mul)
        print_2 = torch.ops.higher_order.print('{y} {n}', y = sin, n = 3)
        return (sin,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, token: "f32[0]", x: "f32[3]", y: "f32[3]"):
        with_effects = torch.ops.higher_order.with_effects(token, torch.ops.higher_order.print, 'x is {}', x);  token = None
        getitem: "f32[0]" = with_effects[0];  with_effects = None
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(x, y);  x = y = None
        with_effects_1 = torch.ops.higher_order.with_effects(getitem, torch.ops.aten._print.default, 'between');  getitem = None
        getitem_1: "f32[0]" = with_effects_1[0];  with_effects_1 = None
        sin: "f32[3]" = torch.ops.aten.sin.default(mul);  mul = None
        with_effects_2 = torch.ops.higher_order.with_effects(getitem_1, torch.ops.higher_order.print, '{y} {n}', y = sin, n = 3);  getitem_1 = None
        getitem_2: "f32[0]" = with_effects_2[0];  with_effects_2 = None
        return (getitem_2, sin)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        token: "f32[0]"; primals_1: "f32[3]"; primals_2: "f32[3]"; tangents_1: "f32[3]";
        token, primals_1, primals_2, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        with_effects = torch.ops.higher_order.with_effects(token, torch.ops.higher_order.print, 'x is {}', primals_1);  token = None
        getitem: "f32[0]" = with_effects[0];  with_effects = None
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(primals_1, primals_2);  primals_1 = None
        with_effects_1 = torch.ops.higher_order.with_effects(getitem, torch.ops.aten._print.default, 'between');  getitem = None
        getitem_1: "f32[0]" = with_effects_1[0];  with_effects_1 = None
        sin: "f32[3]" = torch.ops.aten.sin.default(mul)
        with_effects_2 = torch.ops.higher_order.with_effects(getitem_1, torch.ops.higher_order.print, '{y} {n}', y = sin, n = 3);  getitem_1 = None
        getitem_2: "f32[0]" = with_effects_2[0];  with_effects_2 = None
        cos: "f32[3]" = torch.ops.aten.cos.default(mul);  mul = None
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(tangents_1, cos);  tangents_1 = cos = None
        mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(mul_1, primals_2);  mul_1 = primals_2 = None
        return pytree.tree_unflatten([getitem_2, sin, mul_2, None], self._out_spec)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, token: "f32[0]", primals_1: "f32[3]", primals_2: "f32[3]"):
        with_effects = torch.ops.higher_order.with_effects(token, torch.ops.higher_order.print, 'x is {}', primals_1);  token = None
        getitem: "f32[0]" = with_effects[0];  with_effects = None
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(primals_1, primals_2)
        with_effects_1 = torch.ops.higher_order.with_effects(getitem, torch.ops.aten._print.default, 'between');  getitem = None
        getitem_1: "f32[0]" = with_effects_1[0];  with_effects_1 = None
        sin: "f32[3]" = torch.ops.aten.sin.default(mul);  mul = None
        with_effects_2 = torch.ops.higher_order.with_effects(getitem_1, torch.ops.higher_order.print, '{y} {n}', y = sin, n = 3);  getitem_1 = None
        getitem_2: "f32[0]" = with_effects_2[0];  with_effects_2 = None
        return (getitem_2, sin, primals_1, primals_2)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3]", primals_2: "f32[3]", tangents_1: "f32[3]"):
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(primals_1, primals_2);  primals_1 = None
        cos: "f32[3]" = torch.ops.aten.cos.default(mul);  mul = None
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(tangents_1, cos);  tangents_1 = cos = None
        mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(mul_1, primals_2);  mul_1 = primals_2 = None
        return (mul_2, None)
