ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2, 3]", a_1: "f32[6]"):
            # File: effects.py:60 in forward, code: return f(*a)
            gt: "b8[2, 3]" = torch.ops.aten.gt.Scalar(a_0, 0)
            print_1 = torch.ops.higher_order.print('{}', gt);  gt = print_1 = None
            mul: "f32[2, 3]" = torch.ops.aten.mul.Tensor(a_0, 100)
            _assert_tensor_metadata_default = torch.ops.aten._assert_tensor_metadata.default(mul, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default = None
            to: "i64[2, 3]" = torch.ops.aten.to.dtype(mul, torch.int64);  mul = None
            print_2 = torch.ops.higher_order.print('{}', to);  to = print_2 = None
            _assert_tensor_metadata_default_1 = torch.ops.aten._assert_tensor_metadata.default(a_0, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_1 = None
            to_1: "f64[2, 3]" = torch.ops.aten.to.dtype(a_0, torch.float64)
            print_3 = torch.ops.higher_order.print('{}', to_1);  to_1 = print_3 = None
            arange: "f32[2400]" = torch.ops.aten.arange.default(2400, dtype = torch.float32, device = device(type='cpu'), pin_memory = False)
            view: "f32[30, 4, 20]" = torch.ops.aten.view.default(arange, [30, 4, 20]);  arange = None
            print_4 = torch.ops.higher_order.print('{}', view);  view = print_4 = None
            arange_1: "i64[3000]" = torch.ops.aten.arange.default(3000, device = device(type='cpu'), pin_memory = False)
            print_5 = torch.ops.higher_order.print('{}', arange_1);  arange_1 = print_5 = None
            slice_1: "f32[0, 3]" = torch.ops.aten.slice.Tensor(a_0, 0, 0, 0)
            sum_1: "f32[]" = torch.ops.aten.sum.default(a_0)
            print_6 = torch.ops.higher_order.print('{} {}', slice_1, sum_1);  slice_1 = sum_1 = print_6 = None
            reshape: "f32[1, 2, 3]" = torch.ops.aten.reshape.default(a_1, [1, 2, 3])
            mul_1: "f32[1, 2, 3]" = torch.ops.aten.mul.Tensor(reshape, 1e-06);  reshape = None
            print_7 = torch.ops.higher_order.print('{}', mul_1);  mul_1 = print_7 = None
            full: "f32[2, 20]" = torch.ops.aten.full.default([2, 20], 7.0, device = device(type='cpu'), pin_memory = False)
            print_8 = torch.ops.higher_order.print('{}', full);  full = print_8 = None
            mul_2: "f32[6]" = torch.ops.aten.mul.Tensor(a_1, 10);  a_1 = None
            round_1: "f32[6]" = torch.ops.aten.round.default(mul_2);  mul_2 = None
            _assert_tensor_metadata_default_2 = torch.ops.aten._assert_tensor_metadata.default(round_1, dtype = torch.float32, device = device(type='cpu'), layout = torch.strided);  _assert_tensor_metadata_default_2 = None
            to_2: "i32[6]" = torch.ops.aten.to.dtype(round_1, torch.int32);  round_1 = None
            print_9 = torch.ops.higher_order.print('{}', to_2);  to_2 = print_9 = None
            mul_3: "f32[2, 3]" = torch.ops.aten.mul.Tensor(a_0, 2);  a_0 = None
            return (mul_3,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    a_1: USER_INPUT
    
    # outputs
    mul_3: USER_OUTPUT
    
Range constraints: {}
