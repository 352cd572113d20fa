class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "bf16[4, 4][4, 1]cpu", L_w_: "bf16[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        out_dtype: "f32[4, 4][4, 1]cpu" = torch.ops.higher_order.out_dtype(torch.ops.aten.mm.default, torch.float32, l_x_, l_w_);  l_x_ = l_w_ = None
        return (out_dtype,)
