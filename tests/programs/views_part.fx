ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2]", a_1: "f32[2, 2]"):
            # File: views.py:23 in forward, code: return f(*a)
            add_: "f32[2]" = torch.ops.aten.add_.Tensor(a_0, 1);  a_0 = None
            add: "f32[2, 2]" = torch.ops.aten.add.Tensor(add_, a_1);  add_ = a_1 = None
            return (add,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    add: USER_OUTPUT
    
Range constraints: {}
