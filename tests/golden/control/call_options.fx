# A call keeps its options, and so does the call of its backward.
# run: grad=x,w cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
        body_0 = self.body_0
        options = torch._higher_order_ops._invoke_quant.InvokeQuant(codegen_low_precision = True)
        invoke_quant_packed = torch.ops.higher_order.invoke_quant_packed(body_0, x, w, scheme = 'nf4', quant_options = options)
        getitem: "f32[4, 4]" = invoke_quant_packed[0]
        hints_wrapper = torch.ops.higher_order.hints_wrapper(body_0, (getitem, w), {}, hints = {'a': 1, 'b': True, 'c': 'text'})
        getitem_1: "f32[4, 4]" = hints_wrapper[0]
        return (getitem_1,)

    class body_0(torch.nn.Module):
        def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
            sin: "f32[4, 4]" = x.sin()
            matmul: "f32[4, 4]" = sin @ w
            return (matmul,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[4, 4]"):
        invoke_quant = torch._higher_order_ops._invoke_quant.InvokeQuant(codegen_low_precision = True)
        body_0 = self.body_0
        invoke_quant_packed = torch.ops.higher_order.invoke_quant_packed(body_0, primals_1, primals_2, scheme = 'nf4', quant_options = invoke_quant);  body_0 = invoke_quant = None
        getitem: "f32[4, 4]" = invoke_quant_packed[0];  invoke_quant_packed = None
        body_1 = self.body_0
        hints_wrapper = torch.ops.higher_order.hints_wrapper(body_1, (getitem, primals_2), {}, hints = {'a': 1, 'b': True, 'c': 'text'});  body_1 = None
        getitem_1: "f32[4, 4]" = hints_wrapper[0];  hints_wrapper = None
        return (getitem_1, primals_1, primals_2, getitem)
    class body_0(torch.nn.Module):
        def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
            sin: "f32[4, 4]" = torch.ops.aten.sin.default(x);  x = None
            mm: "f32[4, 4]" = torch.ops.aten.mm.default(sin, w);  sin = w = None
            return (mm,)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[4, 4]", getitem: "f32[4, 4]", tangents_1: "f32[4, 4]"):
        subgraph0 = self.subgraph0
        hints_wrapper_1 = torch.ops.higher_order.hints_wrapper(subgraph0, (getitem, primals_2, tangents_1), {}, hints = {'a': 1, 'b': True, 'c': 'text'});  subgraph0 = getitem = tangents_1 = None
        getitem_2: "f32[4, 4]" = hints_wrapper_1[0]
        getitem_3: "f32[4, 4]" = hints_wrapper_1[1];  hints_wrapper_1 = None
        subgraph1 = self.subgraph1
        invoke_quant = torch._higher_order_ops._invoke_quant.InvokeQuant(codegen_low_precision = True)
        invoke_quant_packed_1 = torch.ops.higher_order.invoke_quant_packed(subgraph1, primals_1, primals_2, getitem_2, scheme = 'nf4', quant_options = invoke_quant);  subgraph1 = primals_1 = primals_2 = getitem_2 = invoke_quant = None
        getitem_4: "f32[4, 4]" = invoke_quant_packed_1[0]
        getitem_5: "f32[4, 4]" = invoke_quant_packed_1[1];  invoke_quant_packed_1 = None
        add: "f32[4, 4]" = torch.ops.aten.add.Tensor(getitem_3, getitem_5);  getitem_3 = getitem_5 = None
        return (getitem_4, add)
    class subgraph0(torch.nn.Module):
        def forward(self, arg0_1: "f32[4, 4]", arg1_1: "f32[4, 4]", arg2_1: "f32[4, 4]"):
            sin: "f32[4, 4]" = torch.ops.aten.sin.default(arg0_1)
            t: "f32[4, 4]" = torch.ops.aten.t.default(sin);  sin = None
            mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(t, arg2_1);  t = None
            t_1: "f32[4, 4]" = torch.ops.aten.t.default(arg1_1);  arg1_1 = None
            mm_2: "f32[4, 4]" = torch.ops.aten.mm.default(arg2_1, t_1);  arg2_1 = t_1 = None
            cos: "f32[4, 4]" = torch.ops.aten.cos.default(arg0_1);  arg0_1 = None
            mul: "f32[4, 4]" = torch.ops.aten.mul.Tensor(mm_2, cos);  mm_2 = cos = None
            return [mul, mm_1]
    class subgraph1(torch.nn.Module):
        def forward(self, arg0_1: "f32[4, 4]", arg1_1: "f32[4, 4]", arg2_1: "f32[4, 4]"):
            sin: "f32[4, 4]" = torch.ops.aten.sin.default(arg0_1)
            t: "f32[4, 4]" = torch.ops.aten.t.default(sin);  sin = None
            mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(t, arg2_1);  t = None
            t_1: "f32[4, 4]" = torch.ops.aten.t.default(arg1_1);  arg1_1 = None
            mm_2: "f32[4, 4]" = torch.ops.aten.mm.default(arg2_1, t_1);  arg2_1 = t_1 = None
            cos: "f32[4, 4]" = torch.ops.aten.cos.default(arg0_1);  arg0_1 = None
            mul: "f32[4, 4]" = torch.ops.aten.mul.Tensor(mm_2, cos);  mm_2 = cos = None
            return [mul, mm_1]
