# A carry that a step writes.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", y: "f32[3]"):
        zeros: "f32[3]" = torch.ops.aten.zeros.default([3])
        body = self.body
        call = torch.ops.higher_order.scan(body, [zeros], [x], ())
        getitem: "f32[3]" = call[0]
        return (getitem,)

    class body(torch.nn.Module):
        def forward(self, a: "f32[3]", b: "f32[3]"):
            add_: "f32[3]" = torch.ops.aten.add_.Tensor(a, 1)
            add: "f32[3]" = torch.ops.aten.add.Tensor(a, b)
            return [add]
# expect error:
scan only supports in-place mutation of additional_inputs (loop-invariant tensors). init is the *initial* carry only -- from step 1 on the driver feeds combine_fn's returned carry, so an in-place write to init would only affect step 0. xs[t] is a fresh, storage-disjoint slice each step, so a mutation cannot be observed by step t+1. Update the carry via the combine_fn return value; for in-place lifted buffers use additional_inputs.
