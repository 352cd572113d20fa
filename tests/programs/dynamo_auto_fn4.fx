class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 3]"):
        l_x_ = L_x_

        # File: captured.py:152 in forward, code: return Strided.apply(x.t()).sum()
        t: "f32[3, 4]" = l_x_.t();  l_x_ = None

        # File: captured.py:141 in forward, code: return x * 2
        mul: "f32[3, 4]" = t * 2;  t = None

        # File: captured.py:152 in forward, code: return Strided.apply(x.t()).sum()
        sum_1: "f32[]" = mul.sum();  mul = None
        return (sum_1,)
