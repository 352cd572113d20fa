ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "i8[3, 4]"):
            # No stacktrace found for following nodes
            t: "i8[4, 3]" = torch.ops.aten.t.default(a_0)
            out_dtype: "i32[3, 3]" = torch.ops.higher_order.out_dtype(torch.ops.aten.mm.default, torch.int32, a_0, t);  a_0 = t = None
            return (out_dtype,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    out_dtype: USER_OUTPUT
    
Range constraints: {}
