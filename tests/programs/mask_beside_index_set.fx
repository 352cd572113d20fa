ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, b_b0: "b8[4]", b_b1: "i64[1]", c_lifted_tensor_0: "f32[]", x: "f32[4, 4]", v: "f32[2]"):
            mul: "f32[4, 4]" = torch.ops.aten.mul.Tensor(x, 2);  x = None
    
            unsqueeze: "f32[4, 1, 4]" = torch.ops.aten.unsqueeze.default(mul, 1)
            lift_fresh_copy: "f32[]" = torch.ops.aten.lift_fresh_copy.default(c_lifted_tensor_0);  c_lifted_tensor_0 = None
            index_put_: "f32[4, 1, 4]" = torch.ops.aten.index_put_.default(unsqueeze, [b_b0, None, b_b1], lift_fresh_copy);  unsqueeze = b_b0 = b_b1 = lift_fresh_copy = index_put_ = None
            sin: "f32[4, 4]" = torch.ops.aten.sin.default(mul);  mul = None
            return (sin,)
    
Graph signature:
    # inputs
    b_b0: BUFFER target='b0' persistent=True
    b_b1: BUFFER target='b1' persistent=True
    c_lifted_tensor_0: CONSTANT_TENSOR target='lifted_tensor_0'
    x: USER_INPUT
    v: USER_INPUT
    
    # outputs
    sin: USER_OUTPUT
    
Range constraints: {}
