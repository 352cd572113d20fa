# Where a body is dear to compute again, its call gives what the backward reads, behind its results.
# run: grad=x,w
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
        body_0 = self.body_0
        hints_wrapper = torch.ops.higher_order.hints_wrapper(body_0, (x, w), {}, hints = {'a': 1})
        getitem: "f32[4, 4]" = hints_wrapper[0]
        return (getitem,)

    class body_0(torch.nn.Module):
        def forward(self, x: "f32[4, 4]", w: "f32[4, 4]"):
            mm: "f32[4, 4]" = x @ w
            tanh: "f32[4, 4]" = mm.tanh()
            mm_1: "f32[4, 4]" = tanh @ w
            return (mm_1,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[4, 4]"):
        body_0 = self.subgraph0
        hints_wrapper = torch.ops.higher_order.hints_wrapper(body_0, (primals_1, primals_2), {}, hints = {'a': 1});  body_0 = None
        getitem: "f32[4, 4]" = hints_wrapper[0]
        getitem_1: "f32[4, 4]" = hints_wrapper[1];  hints_wrapper = None
        return (getitem, primals_1, primals_2, getitem_1)
    class subgraph0(torch.nn.Module):
        def forward(self, primals_0: "f32[4, 4]", primals_1: "f32[4, 4]"):
            mm: "f32[4, 4]" = torch.ops.aten.mm.default(primals_0, primals_1);  primals_0 = None
            tanh: "f32[4, 4]" = torch.ops.aten.tanh.default(mm);  mm = None
            mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(tanh, primals_1);  primals_1 = None
            return (mm_1, tanh)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[4, 4]", primals_2: "f32[4, 4]", getitem_1: "f32[4, 4]", tangents_1: "f32[4, 4]"):
        subgraph1 = self.subgraph1
        hints_wrapper_1 = torch.ops.higher_order.hints_wrapper(subgraph1, (primals_1, primals_2, getitem_1, tangents_1), {}, hints = {'a': 1});  subgraph1 = primals_1 = primals_2 = getitem_1 = tangents_1 = None
        getitem_2: "f32[4, 4]" = hints_wrapper_1[0]
        getitem_3: "f32[4, 4]" = hints_wrapper_1[1];  hints_wrapper_1 = None
        return (getitem_2, getitem_3)
    class subgraph1(torch.nn.Module):
        def forward(self, arg0_1: "f32[4, 4]", arg1_1: "f32[4, 4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4, 4]"):
            t: "f32[4, 4]" = torch.ops.aten.t.default(arg2_1)
            mm_2: "f32[4, 4]" = torch.ops.aten.mm.default(t, arg3_1);  t = None
            t_1: "f32[4, 4]" = torch.ops.aten.t.default(arg1_1);  arg1_1 = None
            mm_3: "f32[4, 4]" = torch.ops.aten.mm.default(arg3_1, t_1);  arg3_1 = None
            tanh_backward: "f32[4, 4]" = torch.ops.aten.tanh_backward.default(mm_3, arg2_1);  mm_3 = arg2_1 = None
            t_2: "f32[4, 4]" = torch.ops.aten.t.default(arg0_1);  arg0_1 = None
            mm_4: "f32[4, 4]" = torch.ops.aten.mm.default(t_2, tanh_backward);  t_2 = None
            mm_5: "f32[4, 4]" = torch.ops.aten.mm.default(tanh_backward, t_1);  tanh_backward = t_1 = None
            add: "f32[4, 4]" = torch.ops.aten.add.Tensor(mm_2, mm_4);  mm_2 = mm_4 = None
            return [mm_5, add]
