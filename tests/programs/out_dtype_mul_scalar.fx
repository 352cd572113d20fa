class GraphModule(torch.nn.Module):
    def forward(self, L_a_: "i8[3, 4][4, 1]cpu"):
        l_a_ = L_a_
        out_dtype: "i32[3, 4][4, 1]cpu" = torch.ops.higher_order.out_dtype(torch.ops.aten.mul.Scalar, torch.int32, l_a_, 300);  l_a_ = None
        return (out_dtype,)
