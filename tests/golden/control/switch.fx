# A switch differentiates into a switch on the same index.
# run: grad=x,w cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, i: "i64[]", x: "f32[3]", w: "f32[3]"):
        branch0 = self.branch0
        branch1 = self.branch1
        branch2 = self.branch2
        switch = torch.ops.higher_order.switch(i, [branch0, branch1, branch2], (x, w))
        getitem: "f32[3]" = switch[0]
        return (getitem,)

    class branch0(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3]"):
            sin: "f32[3]" = x.sin()
            return (sin,)

    class branch1(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3]"):
            mul: "f32[3]" = x * w
            return (mul,)

    class branch2(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3]"):
            mul: "f32[3]" = x * 2
            return (mul,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "i64[]", primals_2: "f32[3]", primals_3: "f32[3]"):
        branch0 = self.branch0
        branch1 = self.branch1
        branch2 = self.branch2
        switch = torch.ops.higher_order.switch(primals_1, [branch0, branch1, branch2], (primals_2, primals_3));  branch0 = branch1 = branch2 = None
        getitem: "f32[3]" = switch[0];  switch = None
        return (getitem, primals_1, primals_2, primals_3)
    class branch0(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3]"):
            sin: "f32[3]" = torch.ops.aten.sin.default(x);  x = None
            return (sin,)
    class branch1(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(x, w);  x = w = None
            return (mul,)
    class branch2(torch.nn.Module):
        def forward(self, x: "f32[3]", w: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(x, 2);  x = None
            return (mul,)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "i64[]", primals_2: "f32[3]", primals_3: "f32[3]", tangents_1: "f32[3]"):
        branch2_graph_0 = self.branch2_graph_0
        branch1_graph_0 = self.branch1_graph_0
        branch0_graph_0 = self.branch0_graph_0
        switch_1 = torch.ops.higher_order.switch(primals_1, [branch0_graph_0, branch1_graph_0, branch2_graph_0], (primals_2, primals_3, tangents_1));  primals_1 = branch0_graph_0 = branch1_graph_0 = branch2_graph_0 = primals_2 = primals_3 = tangents_1 = None
        getitem_1: "f32[3]" = switch_1[0]
        getitem_2: "f32[3]" = switch_1[1];  switch_1 = None
        return (None, getitem_1, getitem_2)
    class branch2_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, 2);  arg2_1 = None
            zeros_like: "f32[3]" = torch.ops.aten.zeros_like.default(arg1_1);  arg1_1 = None
            return [mul_1, zeros_like]
    class branch1_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
            mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, arg0_1);  arg0_1 = None
            mul_2: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, arg1_1);  arg2_1 = arg1_1 = None
            return [mul_2, mul_1]
    class branch0_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]", arg2_1: "f32[3]"):
            cos: "f32[3]" = torch.ops.aten.cos.default(arg0_1);  arg0_1 = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg2_1, cos);  arg2_1 = cos = None
            zeros_like: "f32[3]" = torch.ops.aten.zeros_like.default(arg1_1);  arg1_1 = None
            return [mul, zeros_like]
