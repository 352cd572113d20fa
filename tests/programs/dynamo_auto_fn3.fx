class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[2, 4, 3]", L_w_: "f32[5, 4]"):
        l_x_ = L_x_
        l_w_ = L_w_

        # File: gen.py:132 in forward, code: def forward(s,x,w): return Fn3.apply(x.mT,w.t()).sum()
        m_t: "f32[2, 3, 4]" = torch.ops.aten.mT(l_x_);  l_x_ = None
        t: "f32[4, 5]" = l_w_.t();  l_w_ = None

        # File: gen.py:126 in forward, code: def forward(ctx,x,w): ctx.save_for_backward(x,w); return (x@w).sigmoid()
        matmul: "f32[2, 3, 5]" = m_t @ t;  m_t = t = None
        sigmoid: "f32[2, 3, 5]" = matmul.sigmoid();  matmul = None

        # File: gen.py:132 in forward, code: def forward(s,x,w): return Fn3.apply(x.mT,w.t()).sum()
        sum_1: "f32[]" = sigmoid.sum();  sigmoid = None
        return (sum_1,)
