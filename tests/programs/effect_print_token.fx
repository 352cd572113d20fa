ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, token: "f32[0]", a_0: "f32[2, 3]"):
            with_effects = torch.ops.higher_order.with_effects(token, torch.ops.aten._print.default, 'before');  token = None
            getitem: "f32[0]" = with_effects[0];  with_effects = None
    
            mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
    
            with_effects_1 = torch.ops.higher_order.with_effects(getitem, torch.ops.aten._print.default, 'behind');  getitem = None
            getitem_2: "f32[0]" = with_effects_1[0];  with_effects_1 = None
    
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
