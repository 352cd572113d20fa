ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, token: "f32[0]", a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:60 in forward, code: return f(*a)
            alias: "f32[2, 3]" = torch.ops.aten.alias.default(a_0)
            sum_1: "f32[2]" = torch.ops.aten.sum.dim_IntList(alias, [1]);  alias = None
            with_effects = torch.ops.higher_order.with_effects(token, torch.ops.higher_order.print, 'rows {} of {n}, half {h:.3f}, {{}} {flag}', sum_1, n = 3, h = 0.5, flag = True);  token = sum_1 = None
            getitem: "f32[0]" = with_effects[0];  with_effects = None
            view: "f32[6]" = torch.ops.aten.view.default(a_0, [-1])
            mul: "f32[6]" = torch.ops.aten.mul.Tensor(view, a_1);  view = a_1 = None
            relu: "f32[6]" = torch.ops.aten.relu.default(mul);  mul = None
            alias_1: "f32[6]" = torch.ops.aten.alias.default(relu)
            mul_1: "f32[6]" = torch.ops.aten.mul.Tensor(alias_1, 1000000);  alias_1 = None
            alias_2: "f32[2, 3]" = torch.ops.aten.alias.default(a_0)
            sum_2: "f32[]" = torch.ops.aten.sum.dim_IntList(alias_2, []);  alias_2 = None
            with_effects_1 = torch.ops.higher_order.with_effects(getitem, torch.ops.higher_order.print, '{z} {total:.4f}', z = mul_1, total = sum_2);  getitem = mul_1 = sum_2 = None
            getitem_2: "f32[0]" = with_effects_1[0];  with_effects_1 = None
            sum_3: "f32[]" = torch.ops.aten.sum.dim_IntList(relu, []);  relu = None
            sum_4: "f32[2]" = torch.ops.aten.sum.dim_IntList(a_0, [1]);  a_0 = None
            mul_2: "f32[2]" = torch.ops.aten.mul.Tensor(sum_3, sum_4);  sum_3 = sum_4 = None
            return (getitem_2, mul_2)
    
Graph signature:
    # inputs
    token: TOKEN
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    getitem_2: TOKEN
    mul_2: USER_OUTPUT
    
Range constraints: {}
