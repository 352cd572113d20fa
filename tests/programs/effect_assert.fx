ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:144 in checked, code: torch.ops.aten._assert_async.msg(y.sum() > -1000, "too small")
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_1)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, -1000);  sum_1 = None
            _assert_async = torch.ops.aten._assert_async.msg(gt, 'too small');  gt = _assert_async = None
    
            # File: effects.py:145 in checked, code: return (x * y.sum()).sum()
            sum_2: "f32[]" = torch.ops.aten.sum.default(a_1);  a_1 = None
            mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(a_0, sum_2);  a_0 = sum_2 = None
            sum_3: "f32[]" = torch.ops.aten.sum.default(mul);  mul = None
            return (sum_3,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    sum_3: USER_OUTPUT
    
Range constraints: {}
