class GraphModule(torch.nn.Module):
    def forward(self, L_a_: "i8[3, 4][4, 1]cpu", L_b_: "i8[3, 4][4, 1]cpu"):
        l_a_ = L_a_
        l_b_ = L_b_
        out_dtype: "i32[3, 4][4, 1]cpu" = torch.ops.higher_order.out_dtype(torch.ops.aten.mul.Tensor, torch.int32, l_a_, l_b_);  l_a_ = l_b_ = None
        return (out_dtype,)
