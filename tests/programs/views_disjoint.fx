ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[4, 4]", a_1: "f32[4, 4]", a_2: "f32[3]"):
            # File: views.py:23 in forward, code: return f(*a)
            mul_: "f32[4, 4]" = torch.ops.aten.mul_.Tensor(a_0, 3);  a_0 = None
            mul__1: "f32[4, 4]" = torch.ops.aten.mul_.Tensor(a_1, 2);  a_1 = None
            clone: "f32[4, 4]" = torch.ops.aten.clone.default(mul_)
            view: "f32[16]" = torch.ops.aten.view.default(clone, [-1]);  clone = None
            clone_1: "f32[4, 4]" = torch.ops.aten.clone.default(mul__1);  mul__1 = None
            view_1: "f32[16]" = torch.ops.aten.view.default(clone_1, [-1]);  clone_1 = None
            add: "f32[16]" = torch.ops.aten.add.Tensor(view, view_1);  view = view_1 = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(mul_);  mul_ = None
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(a_2, sum_1);  a_2 = sum_1 = None
            return (add, mul)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    a_2: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    mul: USER_OUTPUT
    
Range constraints: {}
