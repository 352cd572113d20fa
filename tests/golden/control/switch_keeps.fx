# Branches keep products for their backward; parts are shared by values that are alike, and zeros stand for what is another's.
# run: grad=x,w
class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f32[3]", w: "f32[3, 3]"):
        first = self.first
        second = self.second
        third = self.third
        switch = torch.ops.higher_order.switch(n, [first, second, third, first], (x, w))
        y: "f32[3]" = switch[0]
        sin: "f32[3]" = torch.ops.aten.sin.default(y)
        return (sin,)

    class first(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(w, x)
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mv)
            mv_1: "f32[3]" = torch.ops.aten.mv.default(w, tanh)
            return (mv_1,)

    class second(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3, 3]"):
            exp: "f32[3]" = torch.ops.aten.exp.default(x)
            return (exp,)

    class third(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3, 3]"):
            mm: "f32[3, 3]" = torch.ops.aten.mm.default(w, w)
            cos: "f32[3, 3]" = torch.ops.aten.cos.default(mm)
            mv: "f32[3]" = torch.ops.aten.mv.default(cos, x)
            sin: "f32[3]" = torch.ops.aten.sin.default(mv)
            return (sin,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "i64[]", primals_2: "f32[3]", primals_3: "f32[3, 3]"):
        first = self.branch0_graph_0
        second = self.branch1_graph_0
        third = self.branch2_graph_0
        first_1 = self.branch3_graph_0
        switch = torch.ops.higher_order.switch(primals_1, [first, second, third, first_1], (primals_2, primals_3));  first = second = third = first_1 = None
        getitem: "f32[3]" = switch[0]
        getitem_1: "f32[3]" = switch[1]
        getitem_2: "f32[3, 3]" = switch[2]
        getitem_3: "f32[3, 3]" = switch[3];  switch = None
        sin: "f32[3]" = torch.ops.aten.sin.default(getitem)
        cos: "f32[3]" = torch.ops.aten.cos.default(getitem);  getitem = None
        return (sin, primals_1, primals_2, primals_3, getitem_1, getitem_2, getitem_3, cos)
    class branch0_graph_0(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(primals_1, primals_0);  primals_0 = None
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mv);  mv = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(primals_1, tanh);  primals_1 = None
            zeros: "f32[3, 3]" = torch.ops.aten.zeros.default([3, 3], dtype = torch.float32)
            zeros_1: "f32[3, 3]" = torch.ops.aten.zeros.default([3, 3], dtype = torch.float32)
            return (mv_1, tanh, zeros, zeros_1)
    class branch1_graph_0(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3, 3]"):
            exp: "f32[3]" = torch.ops.aten.exp.default(primals_0);  primals_0 = None
            zeros: "f32[3]" = torch.ops.aten.zeros.default([3], dtype = torch.float32)
            zeros_1: "f32[3, 3]" = torch.ops.aten.zeros.default([3, 3], dtype = torch.float32)
            zeros_2: "f32[3, 3]" = torch.ops.aten.zeros.default([3, 3], dtype = torch.float32)
            return (exp, zeros, zeros_1, zeros_2)
    class branch2_graph_0(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3, 3]"):
            mm: "f32[3, 3]" = torch.ops.aten.mm.default(primals_1, primals_1);  primals_1 = None
            cos: "f32[3, 3]" = torch.ops.aten.cos.default(mm)
            mv: "f32[3]" = torch.ops.aten.mv.default(cos, primals_0);  primals_0 = None
            sin: "f32[3]" = torch.ops.aten.sin.default(mv)
            cos_1: "f32[3]" = torch.ops.aten.cos.default(mv);  mv = None
            sin_1: "f32[3, 3]" = torch.ops.aten.sin.default(mm);  mm = None
            neg: "f32[3, 3]" = torch.ops.aten.neg.default(sin_1);  sin_1 = None
            return (sin, cos_1, cos, neg)
    class branch3_graph_0(torch.nn.Module):
        def forward(self, primals_0: "f32[3]", primals_1: "f32[3, 3]"):
            mv: "f32[3]" = torch.ops.aten.mv.default(primals_1, primals_0);  primals_0 = None
            tanh: "f32[3]" = torch.ops.aten.tanh.default(mv);  mv = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(primals_1, tanh);  primals_1 = None
            zeros: "f32[3, 3]" = torch.ops.aten.zeros.default([3, 3], dtype = torch.float32)
            zeros_1: "f32[3, 3]" = torch.ops.aten.zeros.default([3, 3], dtype = torch.float32)
            return (mv_1, tanh, zeros, zeros_1)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "i64[]", primals_2: "f32[3]", primals_3: "f32[3, 3]", getitem_1: "f32[3]", getitem_2: "f32[3, 3]", getitem_3: "f32[3, 3]", cos: "f32[3]", tangents_1: "f32[3]"):
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(tangents_1, cos);  tangents_1 = cos = None
        branch3_graph_1 = self.branch3_graph_1
        branch2_graph_1 = self.branch2_graph_1
        branch1_graph_1 = self.branch1_graph_1
        branch0_graph_1 = self.branch0_graph_1
        switch_1 = torch.ops.higher_order.switch(primals_1, [branch0_graph_1, branch1_graph_1, branch2_graph_1, branch3_graph_1], (primals_2, primals_3, getitem_1, getitem_2, getitem_3, mul));  primals_1 = branch0_graph_1 = branch1_graph_1 = branch2_graph_1 = branch3_graph_1 = primals_2 = primals_3 = getitem_1 = getitem_2 = getitem_3 = mul = None
        getitem_4: "f32[3]" = switch_1[0]
        getitem_5: "f32[3, 3]" = switch_1[1];  switch_1 = None
        return (None, getitem_4, getitem_5)
    class branch3_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]", arg2_1: "f32[3]", arg3_1: "f32[3, 3]", arg4_1: "f32[3, 3]", arg5_1: "f32[3]"):
            view: "f32[3, 1]" = torch.ops.aten.view.default(arg5_1, [3, 1])
            mul: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg2_1);  view = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg1_1);  arg1_1 = None
            mv_2: "f32[3]" = torch.ops.aten.mv.default(t, arg5_1);  arg5_1 = None
            tanh_backward: "f32[3]" = torch.ops.aten.tanh_backward.default(mv_2, arg2_1);  mv_2 = arg2_1 = None
            view_1: "f32[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul_1: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view_1, arg0_1);  view_1 = arg0_1 = None
            mv_3: "f32[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            add: "f32[3, 3]" = torch.ops.aten.add.Tensor(mul, mul_1);  mul = mul_1 = None
            return [mv_3, add]
    class branch2_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]", arg2_1: "f32[3]", arg3_1: "f32[3, 3]", arg4_1: "f32[3, 3]", arg5_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg5_1, arg2_1);  arg5_1 = arg2_1 = None
            view: "f32[3, 1]" = torch.ops.aten.view.default(mul, [3, 1])
            mul_1: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg0_1);  view = arg0_1 = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg3_1);  arg3_1 = None
            mv_1: "f32[3]" = torch.ops.aten.mv.default(t, mul);  t = mul = None
            mul_2: "f32[3, 3]" = torch.ops.aten.mul.Tensor(mul_1, arg4_1);  mul_1 = arg4_1 = None
            t_1: "f32[3, 3]" = torch.ops.aten.t.default(arg1_1);  arg1_1 = None
            mm_1: "f32[3, 3]" = torch.ops.aten.mm.default(t_1, mul_2)
            mm_2: "f32[3, 3]" = torch.ops.aten.mm.default(mul_2, t_1);  mul_2 = t_1 = None
            add: "f32[3, 3]" = torch.ops.aten.add.Tensor(mm_2, mm_1);  mm_2 = mm_1 = None
            return [mv_1, add]
    class branch1_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]", arg2_1: "f32[3]", arg3_1: "f32[3, 3]", arg4_1: "f32[3, 3]", arg5_1: "f32[3]"):
            exp: "f32[3]" = torch.ops.aten.exp.default(arg0_1);  arg0_1 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg5_1, exp);  arg5_1 = exp = None
            zeros_like: "f32[3, 3]" = torch.ops.aten.zeros_like.default(arg1_1);  arg1_1 = None
            return [mul, zeros_like]
    class branch0_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3, 3]", arg2_1: "f32[3]", arg3_1: "f32[3, 3]", arg4_1: "f32[3, 3]", arg5_1: "f32[3]"):
            view: "f32[3, 1]" = torch.ops.aten.view.default(arg5_1, [3, 1])
            mul: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view, arg2_1);  view = None
            t: "f32[3, 3]" = torch.ops.aten.t.default(arg1_1);  arg1_1 = None
            mv_2: "f32[3]" = torch.ops.aten.mv.default(t, arg5_1);  arg5_1 = None
            tanh_backward: "f32[3]" = torch.ops.aten.tanh_backward.default(mv_2, arg2_1);  mv_2 = arg2_1 = None
            view_1: "f32[3, 1]" = torch.ops.aten.view.default(tanh_backward, [3, 1])
            mul_1: "f32[3, 3]" = torch.ops.aten.mul.Tensor(view_1, arg0_1);  view_1 = arg0_1 = None
            mv_3: "f32[3]" = torch.ops.aten.mv.default(t, tanh_backward);  t = tanh_backward = None
            add: "f32[3, 3]" = torch.ops.aten.add.Tensor(mul, mul_1);  mul = mul_1 = None
            return [mv_3, add]
