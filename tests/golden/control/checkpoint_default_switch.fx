# A checkpointed call with several results is computed again as a whole, without a minimum cut as well.
# run: grad=x partition=default cost=reference
class GraphModule(torch.nn.Module):
    def forward(self, i: "i64[]", x: "f32[3]"):
        body = self.body
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(body, i, x, use_reentrant = False)
        getitem: "f32[3]" = tag_activation_checkpoint[0]
        return (getitem,)

    class body(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f32[3]"):
            index: "i64[]" = i.clamp(0, 1)
            branch0 = self.branch0
            branch1 = self.branch1
            _set_grad_enabled = torch._C._set_grad_enabled(False)
            switch = torch.ops.higher_order.switch(index, [branch0, branch1], (x,))
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True)
            getitem: "f32[3]" = switch[0]
            mul: "f32[3]" = x * getitem
            return (mul,)

        class branch0(torch.nn.Module):
            def forward(self, x: "f32[3]"):
                sin: "f32[3]" = x.sin()
                return (sin,)

        class branch1(torch.nn.Module):
            def forward(self, x: "f32[3]"):
                cos: "f32[3]" = x.cos()
                return (cos,)
# expect forward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "i64[]", primals_2: "f32[3]"):
        clamp: "i64[]" = torch.ops.aten.clamp.default(primals_1, 0, 1)
        branch0 = self.branch0
        branch1 = self.branch1
        switch = torch.ops.higher_order.switch(clamp, [branch0, branch1], (primals_2,));  clamp = branch0 = branch1 = None
        getitem: "f32[3]" = switch[0];  switch = None
        mul: "f32[3]" = torch.ops.aten.mul.Tensor(primals_2, getitem);  getitem = None
        return (mul, primals_1, primals_2)
    class branch0(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            sin: "f32[3]" = torch.ops.aten.sin.default(x);  x = None
            return (sin,)
    class branch1(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            cos: "f32[3]" = torch.ops.aten.cos.default(x);  x = None
            return (cos,)
# expect backward:
class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "i64[]", primals_2: "f32[3]", tangents_1: "f32[3]"):
        clamp: "i64[]" = torch.ops.aten.clamp.default(primals_1, 0, 1);  primals_1 = None
        branch1 = self.branch1
        branch0 = self.branch0
        switch = torch.ops.higher_order.switch(clamp, [branch0, branch1], (primals_2,));  clamp = branch0 = branch1 = primals_2 = None
        getitem: "f32[3]" = switch[0];  switch = None
        mul_1: "f32[3]" = torch.ops.aten.mul.Tensor(tangents_1, getitem);  tangents_1 = getitem = None
        return (None, mul_1)
    class branch1(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            cos: "f32[3]" = torch.ops.aten.cos.default(x);  x = None
            return (cos,)
    class branch0(torch.nn.Module):
        def forward(self, x: "f32[3]"):
            sin: "f32[3]" = torch.ops.aten.sin.default(x);  x = None
            return (sin,)
