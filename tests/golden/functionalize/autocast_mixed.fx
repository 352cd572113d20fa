# Operands of two dtypes are what an autocast region's body has in the text: bf16 of the last product, f32 weights.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 8]", w: "f32[6, 8]", v: "f32[2, 6]", b: "f32[2]"):
        submod = self.submod
        wrap = torch.ops.higher_order.wrap_with_autocast('cpu', torch.bfloat16, True, False, submod, x, w, v, b);  submod = x = w = v = b = None
        getitem: "bf16[4, 2]" = wrap[0];  wrap = None
        return (getitem,)

    class submod(torch.nn.Module):
        def forward(self, x: "f32[4, 8]", w: "f32[6, 8]", v: "f32[2, 6]", b: "f32[2]"):
            linear: "bf16[4, 6]" = torch.ops.aten.linear.default(x, w);  x = w = None
            linear_1: "bf16[4, 2]" = torch.ops.aten.linear.default(linear, v, b);  linear = v = b = None
            return (linear_1,)
# expect functional:
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 8]", w: "f32[6, 8]", v: "f32[2, 6]", b: "f32[2]"):
        _to_copy: "bf16[6, 8]" = torch.ops.aten._to_copy.default(w, dtype = torch.bfloat16);  w = None
        _to_copy_1: "bf16[4, 8]" = torch.ops.aten._to_copy.default(x, dtype = torch.bfloat16);  x = None
        t: "bf16[8, 6]" = torch.ops.aten.t.default(_to_copy);  _to_copy = None
        mm: "bf16[4, 6]" = torch.ops.aten.mm.default(_to_copy_1, t);  _to_copy_1 = t = None
        _to_copy_2: "bf16[2]" = torch.ops.aten._to_copy.default(b, dtype = torch.bfloat16);  b = None
        _to_copy_3: "bf16[2, 6]" = torch.ops.aten._to_copy.default(v, dtype = torch.bfloat16);  v = None
        t_1: "bf16[6, 2]" = torch.ops.aten.t.default(_to_copy_3);  _to_copy_3 = None
        addmm: "bf16[4, 2]" = torch.ops.aten.addmm.default(_to_copy_2, mm, t_1);  _to_copy_2 = mm = t_1 = None
        return (addmm,)
