ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, b_b0: "b8[4]", b_b1: "i64[]", b_b2: "i64[1]", x: "f32[4, 4, 4, 2]", v: "f32[2]"):
            mul: "f32[4, 4, 4, 2]" = torch.ops.aten.mul.Tensor(x, 2);  x = None
    
            select: "f32[]" = torch.ops.aten.select.int(v, 0, 0);  v = None
            mul_1: "f32[]" = torch.ops.aten.mul.Tensor(select, 2);  select = None
            index_put: "f32[4, 4, 4, 2]" = torch.ops.aten.index_put.default(mul, [b_b0, b_b1, None, b_b2], mul_1, True);  mul = b_b0 = b_b1 = b_b2 = mul_1 = None
            sin: "f32[4, 4, 4, 2]" = torch.ops.aten.sin.default(index_put);  index_put = None
            return (sin,)
    
Graph signature:
    # inputs
    b_b0: BUFFER target='b0' persistent=True
    b_b1: BUFFER target='b1' persistent=True
    b_b2: BUFFER target='b2' persistent=True
    x: USER_INPUT
    v: USER_INPUT
    
    # outputs
    sin: USER_OUTPUT
    
Range constraints: {}
