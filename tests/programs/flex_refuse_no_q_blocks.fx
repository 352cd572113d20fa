class GraphModule(torch.nn.Module):
    def forward(self, q: "f32[2, 2, 4, 4]", k: "f32[2, 2, 4, 4]", v: "f32[2, 2, 4, 4]", n: "i32[1, 1, 1]", i: "i32[1, 1, 1, 1]"):
        score_mod = self.score_mod
        mask_mod = self.mask_mod
        flex = torch.ops.higher_order.flex_attention(q, k, v, score_mod, (4, 4, n, i, None, None, n, None, None, None, None, None, None, None, 1073741824, 1073741824, mask_mod), 0.5, {}, (), ())
        getitem: "f32[2, 2, 4, 4]" = flex[0]
        return (getitem,)

    class score_mod(torch.nn.Module):
        def forward(self, s: "f32[]", b: "i32[]", h: "i32[]", m: "i32[]", n: "i32[]"):
            return s

    class mask_mod(torch.nn.Module):
        def forward(self, b: "i32[]", h: "i32[]", m: "i32[]", n: "i32[]"):
            ge: "b8[]" = torch.ops.aten.ge.Tensor(m, n)
            return ge
