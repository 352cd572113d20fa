class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4, 64]"):
        x: "f32[4, 64]" = torch.ops.aten.detach.default(a)
        run_and_save_rng_state = torch.ops.higher_order.run_and_save_rng_state(torch.ops.aten.native_dropout.default, x, 0.5, True)
        getitem: "u8[s21]" = run_and_save_rng_state[0]
        getitem_1 = run_and_save_rng_state[1]
        getitem_2: "f32[4, 64]" = getitem_1[0]
        run_with_rng_state = torch.ops.higher_order.run_with_rng_state(getitem, torch.ops.aten.native_dropout.default, x, 0.5, True)
        getitem_3: "f32[4, 64]" = run_with_rng_state[0]
        getitem_4: "b8[4, 64]" = run_with_rng_state[1]
        run_and_save_rng_state_1 = torch.ops.higher_order.run_and_save_rng_state(torch.ops.aten.rand_like.default, x)
        getitem_5: "u8[s22]" = run_and_save_rng_state_1[0]
        getitem_6: "f32[4, 64]" = run_and_save_rng_state_1[1]
        run_with_rng_state_1: "f32[4, 64]" = torch.ops.higher_order.run_with_rng_state(getitem_5, torch.ops.aten.rand_like.default, x)
        run_with_rng_state_2: "f32[4, 64]" = torch.ops.higher_order.run_with_rng_state(getitem, torch.ops.aten.rand_like.default, x)
        sub: "f32[4, 64]" = torch.ops.aten.sub.Tensor(getitem_2, getitem_3)
        sub_1: "f32[4, 64]" = torch.ops.aten.sub.Tensor(getitem_6, run_with_rng_state_1)
        sub_2: "f32[4, 64]" = torch.ops.aten.sub.Tensor(getitem_6, run_with_rng_state_2)
        gt: "b8[4, 64]" = torch.ops.aten.gt.Scalar(run_with_rng_state_1, -0.1)
        all_1: "b8[]" = torch.ops.aten.all.default(gt)
        ne: "b8[4, 64]" = torch.ops.aten.ne.Scalar(sub_2, 0)
        any_1: "b8[]" = torch.ops.aten.any.default(ne)
        graphsafe = torch.ops.higher_order.graphsafe_run_with_rng_state(torch.ops.aten.rand_like.default, x, rng_state = None)
        return (sub, sub_1, any_1, all_1)
