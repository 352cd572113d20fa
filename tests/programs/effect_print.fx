ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]"):
            # File: effects.py:95 in texts, code: torch.ops.aten._print("before")
            _print = torch.ops.aten._print.default('before');  _print = None
    
            # File: effects.py:96 in texts, code: z = x * 2
            mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
    
            # File: effects.py:97 in texts, code: torch.ops.aten._print("behind")
            _print_1 = torch.ops.aten._print.default('behind');  _print_1 = None
    
            # File: effects.py:98 in texts, code: return (z * z).sum()
            mul_1: "f32[2, 3]" = torch.ops.aten.mul.Tensor(mul, mul);  mul = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(mul_1);  mul_1 = None
            return (sum_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {}
