# Regions that calls begin and end leave no trace but casts and history.
# run: grad=x,w
class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[2, 3]", L_w_: "f32[3, 4]"):
        x = L_x_
        w = L_w_
        _enter_autocast = torch.amp.autocast_mode._enter_autocast('cpu', torch.bfloat16, True, None)
        y: "bf16[2, 4]" = x @ w
        _exit_autocast = torch.amp.autocast_mode._exit_autocast(_enter_autocast)
        _set_grad_enabled = torch._C._set_grad_enabled(False)
        z: "bf16[2, 4]" = y.sin()
        _set_grad_enabled_1 = torch._C._set_grad_enabled(True)
        cos: "bf16[2, 4]" = y.cos()
        add: "bf16[2, 4]" = cos + z
        return (add,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[2, 3]", L_w_: "f32[3, 4]"):
        x = L_x_
        w = L_w_
        _to_copy: "bf16[3, 4]" = torch.ops.aten._to_copy.default(w, dtype = torch.bfloat16);  w = None
        _to_copy_1: "bf16[2, 3]" = torch.ops.aten._to_copy.default(x, dtype = torch.bfloat16);  x = None
        mm: "bf16[2, 4]" = torch.ops.aten.mm.default(_to_copy_1, _to_copy);  _to_copy_1 = _to_copy = None
        sin: "bf16[2, 4]" = torch.ops.aten.sin.default(mm)
        cos: "bf16[2, 4]" = torch.ops.aten.cos.default(mm);  mm = None
        add: "bf16[2, 4]" = torch.ops.aten.add.Tensor(cos, sin);  cos = sin = None
        return (add,)
# expect joint:
class inner_f(torch.nn.Module):
    def forward(self, primals, tangents):
        primals_1: "f32[2, 3]"; primals_2: "f32[3, 4]"; tangents_1: "bf16[2, 4]";
        primals_1, primals_2, tangents_1, = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)
        _to_copy: "bf16[3, 4]" = torch.ops.aten._to_copy.default(primals_2, dtype = torch.bfloat16);  primals_2 = None
        _to_copy_1: "bf16[2, 3]" = torch.ops.aten._to_copy.default(primals_1, dtype = torch.bfloat16);  primals_1 = None
        mm: "bf16[2, 4]" = torch.ops.aten.mm.default(_to_copy_1, _to_copy)
        sin: "bf16[2, 4]" = torch.ops.aten.sin.default(mm)
        cos: "bf16[2, 4]" = torch.ops.aten.cos.default(mm)
        add: "bf16[2, 4]" = torch.ops.aten.add.Tensor(cos, sin);  cos = sin = None
        sin_1: "bf16[2, 4]" = torch.ops.aten.sin.default(mm);  mm = None
        neg: "bf16[2, 4]" = torch.ops.aten.neg.default(sin_1);  sin_1 = None
        mul: "bf16[2, 4]" = torch.ops.aten.mul.Tensor(tangents_1, neg);  tangents_1 = neg = None
        t: "bf16[3, 2]" = torch.ops.aten.t.default(_to_copy_1);  _to_copy_1 = None
        mm_1: "bf16[3, 4]" = torch.ops.aten.mm.default(t, mul);  t = None
        t_1: "bf16[4, 3]" = torch.ops.aten.t.default(_to_copy);  _to_copy = None
        mm_2: "bf16[2, 3]" = torch.ops.aten.mm.default(mul, t_1);  mul = t_1 = None
        _to_copy_2: "f32[2, 3]" = torch.ops.aten._to_copy.default(mm_2, dtype = torch.float32, layout = torch.strided, device = device(type='cpu'));  mm_2 = None
        _to_copy_3: "f32[3, 4]" = torch.ops.aten._to_copy.default(mm_1, dtype = torch.float32, layout = torch.strided, device = device(type='cpu'));  mm_1 = None
        return pytree.tree_unflatten([add, _to_copy_2, _to_copy_3], self._out_spec)
