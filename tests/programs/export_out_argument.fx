ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, x: "f32[4, 4]"):
            # File: gen.py:167 in forward, code: o=torch.empty(4,4); torch.mul(x.detach(),2,out=o); return (o*x).sum()
            empty: "f32[4, 4]" = torch.ops.aten.empty.memory_format([4, 4], device = device(type='cpu'), pin_memory = False)
            detach: "f32[4, 4]" = torch.ops.aten.detach.default(x)
            mul: "f32[4, 4]" = torch.ops.aten.mul.out(detach, 2, out = empty);  detach = empty = None
            mul_1: "f32[4, 4]" = torch.ops.aten.mul.Tensor(mul, x);  mul = x = None
            sum_1: "f32[]" = torch.ops.aten.sum.default(mul_1);  mul_1 = None
            return (sum_1,)
    
Graph signature:
    # inputs
    x: USER_INPUT
    
    # outputs
    sum_1: USER_OUTPUT
    
Range constraints: {}
