ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, token: "f32[0]", a_0: "f32[2, 3]"):
            # File: effects.py:95 in texts, code: torch.ops.aten._print("before")
            with_effects = torch.ops.higher_order.with_effects(token, torch.ops.aten._print.default, 'before');  token = None
            getitem: "f32[0]" = with_effects[0];  with_effects = None
    
            # File: effects.py:96 in texts, code: z = x * 2
            mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
    
            # File: effects.py:97 in texts, code: torch.ops.aten._print("behind")
            with_effects_1 = torch.ops.higher_order.with_effects(getitem, torch.ops.aten._print.default, 'behind');  getitem = None
            getitem_2: "f32[0]" = with_effects_1[0];  with_effects_1 = None
    
            # File: effects.py:98 in texts, code: return (z * z).sum()
            mul_1: "f32[2, 3]" = torch.ops.aten.mul.Tensor(mul, mul);  mul = None
            sum_1: "f32[]" = torch.ops.aten.sum.dim_IntList(mul_1, []);  mul_1 = None
            return (getitem_2, sum_1)
    
Graph signature:
    # inputs
    token: TOKEN
    a_0: USER_INPUT
    
    # outputs
    getitem_2: TOKEN
    sum_1: USER_OUTPUT
    
Range constraints: {}
