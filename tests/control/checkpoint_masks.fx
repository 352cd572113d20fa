class GraphModule(torch.nn.Module):
    def forward(self, s: "f32[]"):
        x: "f32[64]" = torch.ops.aten.expand.default(s, [64])
        outer_0 = self.outer_0
        tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(outer_0, x, use_reentrant = False)
        total: "f32[]" = tag_activation_checkpoint[0]
        return (total,)

    class outer_0(torch.nn.Module):
        def forward(self, x: "f32[64]"):
            first: "f32[64]" = torch.nn.functional.dropout(x, 0.5)
            square: "f32[64]" = first * first
            inner_0 = self.inner_0
            tag_activation_checkpoint = torch.ops.higher_order.tag_activation_checkpoint(inner_0, x, square)
            out: "f32[64]" = tag_activation_checkpoint[0]
            zero: "f32[]" = torch.ops.aten.zeros.default([])
            step_0 = self.step_0
            scan = torch.ops.higher_order.scan(step_0, [zero], [x], ())
            last: "f32[]" = scan[0]
            sum_1: "f32[]" = out.sum()
            total: "f32[]" = sum_1 + last
            return (total,)

        class inner_0(torch.nn.Module):
            def forward(self, x: "f32[64]", square: "f32[64]"):
                second: "f32[64]" = torch.nn.functional.dropout(x, 0.5)
                more: "f32[64]" = second * second
                both: "f32[64]" = more + square
                return (both,)

        class step_0(torch.nn.Module):
            def forward(self, c: "f32[]", a: "f32[]"):
                third: "f32[]" = torch.ops.aten.dropout.default(a, 0.5, True)
                fourth: "f32[]" = third * third
                next_1: "f32[]" = c + fourth
                return [next_1]
