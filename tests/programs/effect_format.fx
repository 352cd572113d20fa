ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:60 in forward, code: return f(*a)
            detach: "f32[2, 3]" = torch.ops.aten.detach.default(a_0)
            sum_1: "f32[2]" = torch.ops.aten.sum.dim_IntList(detach, [1]);  detach = None
            print_1 = torch.ops.higher_order.print('rows {} of {n}, half {h:.3f}, {{}} {flag}', sum_1, n = 3, h = 0.5, flag = True);  sum_1 = print_1 = None
            view: "f32[6]" = torch.ops.aten.view.default(a_0, [-1])
            mul: "f32[6]" = torch.ops.aten.mul.Tensor(view, a_1);  view = a_1 = None
            relu: "f32[6]" = torch.ops.aten.relu.default(mul);  mul = None
            detach_1: "f32[6]" = torch.ops.aten.detach.default(relu)
            mul_1: "f32[6]" = torch.ops.aten.mul.Tensor(detach_1, 1000000);  detach_1 = None
            detach_2: "f32[2, 3]" = torch.ops.aten.detach.default(a_0)
            sum_2: "f32[]" = torch.ops.aten.sum.default(detach_2);  detach_2 = None
            print_2 = torch.ops.higher_order.print('{z} {total:.4f}', z = mul_1, total = sum_2);  mul_1 = sum_2 = print_2 = None
            sum_3: "f32[]" = torch.ops.aten.sum.default(relu);  relu = None
            sum_4: "f32[2]" = torch.ops.aten.sum.dim_IntList(a_0, [1]);  a_0 = None
            mul_2: "f32[2]" = torch.ops.aten.mul.Tensor(sum_3, sum_4);  sum_3 = sum_4 = None
            return (mul_2,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    mul_2: USER_OUTPUT
    
Range constraints: {}
