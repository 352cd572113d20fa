class GraphModule(torch.nn.Module):
    def forward(self, primals_2: "f32[4, 4]", primals_3: "f32[4, 4]", primals_4: "f32[4]", primals_5: "f32[4]", flip_1: "f32[3, 4]", flip_2: "f32[3, 4]", flip_3: "b8[3]", tangents_1: "f32[]"):
        # Backward of forward node: File: captured.py:185 in forward, code: return h.sum() + ys.sum()
        expand: "f32[3, 4]" = torch.ops.aten.expand.default(tangents_1, [3, 4])
        expand_1: "f32[4]" = torch.ops.aten.expand.default(tangents_1, [4]);  tangents_1 = None

        # Backward of forward node: File: captured.py:184 in forward, code: h, ys = scan(step, x[0] * 2, x)
        zeros_like: "f32[4, 4]" = torch.ops.aten.zeros_like.default(primals_2, pin_memory = False)
        zeros_like_1: "f32[4, 4]" = torch.ops.aten.zeros_like.default(primals_3, pin_memory = False)
        zeros_like_2: "f32[4]" = torch.ops.aten.zeros_like.default(primals_4, pin_memory = False)
        zeros_like_3: "f32[4]" = torch.ops.aten.zeros_like.default(primals_5, pin_memory = False)
        flip: "f32[3, 4]" = torch.ops.aten.flip.default(expand, [0]);  expand = None
        scan_combine_graph_1 = self.scan_combine_graph_1
        scan_1 = torch.ops.higher_order.scan(scan_combine_graph_1, [expand_1, zeros_like, zeros_like_1, zeros_like_2, zeros_like_3], [flip, flip_1, flip_2, flip_3], (primals_2, primals_3, primals_4, primals_5));  scan_combine_graph_1 = expand_1 = zeros_like = zeros_like_1 = zeros_like_2 = zeros_like_3 = flip = flip_1 = flip_2 = flip_3 = primals_2 = primals_3 = primals_4 = primals_5 = None
        getitem_4: "f32[4]" = scan_1[0]
        getitem_5: "f32[4, 4]" = scan_1[1]
        getitem_6: "f32[4, 4]" = scan_1[2]
        getitem_7: "f32[4]" = scan_1[3]
        getitem_9: "f32[3, 4]" = scan_1[5];  scan_1 = None
        flip_4: "f32[3, 4]" = torch.ops.aten.flip.default(getitem_9, [0]);  getitem_9 = None
        mul_1: "f32[4]" = torch.ops.aten.mul.Tensor(getitem_4, 2);  getitem_4 = None
        select_backward: "f32[3, 4]" = torch.ops.aten.select_backward.default(mul_1, [3, 4], 0, 0);  mul_1 = None
        add_1: "f32[3, 4]" = torch.ops.aten.add.Tensor(flip_4, select_backward);  flip_4 = select_backward = None
        return (add_1, getitem_5, getitem_6, getitem_7, None)

    class scan_combine_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4, 4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4]", arg4_1: "f32[4]", arg5_1: "f32[4]", arg6_1: "f32[4]", arg7_1: "f32[4]", arg8_1: "b8[]", arg9_1: "f32[4, 4]", arg10_1: "f32[4, 4]", arg11_1: "f32[4]", arg12_1: "f32[4]"):
            # Backward of forward node: File: captured.py:184 in forward, code: h, ys = scan(step, x[0] * 2, x)
            mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg5_1, 1.0);  arg5_1 = None
            add: "f32[4]" = torch.ops.aten.add.Tensor(arg0_1, mul);  arg0_1 = mul = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(arg8_1, true_graph_0, false_graph_0, (arg7_1, arg6_1, arg9_1, arg12_1, arg11_1, arg10_1, add));  arg8_1 = true_graph_0 = false_graph_0 = arg7_1 = arg6_1 = arg9_1 = arg11_1 = arg10_1 = add = None
            getitem: "f32[4]" = cond[0]
            getitem_1: "f32[4]" = cond[1]
            getitem_2: "f32[4, 4]" = cond[2]
            getitem_4: "f32[4]" = cond[4]
            getitem_5: "f32[4, 4]" = cond[5];  cond = None
            zeros_like: "f32[4]" = torch.ops.aten.zeros_like.default(arg12_1, pin_memory = False);  arg12_1 = None
            add_1: "f32[4, 4]" = torch.ops.aten.add.Tensor(arg1_1, getitem_2);  arg1_1 = getitem_2 = None
            add_2: "f32[4, 4]" = torch.ops.aten.add.Tensor(arg2_1, getitem_5);  arg2_1 = getitem_5 = None
            add_3: "f32[4]" = torch.ops.aten.add.Tensor(arg3_1, getitem_4);  arg3_1 = getitem_4 = None
            add_4: "f32[4]" = torch.ops.aten.add.Tensor(arg4_1, zeros_like);  arg4_1 = zeros_like = None
            return [getitem, add_1, add_2, add_3, add_4, getitem_1]

        class true_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4]", arg4_1: "f32[4]", arg5_1: "f32[4, 4]", arg6_1: "f32[4]"):
                # Backward of forward node: File: captured.py:184 in forward, code: h, ys = scan(step, x[0] * 2, x)
                unsqueeze: "f32[1, 4]" = torch.ops.aten.unsqueeze.default(arg0_1, 0);  arg0_1 = None
                mm: "f32[1, 4]" = torch.ops.aten.mm.default(unsqueeze, arg2_1)
                squeeze: "f32[4]" = torch.ops.aten.squeeze.dim(mm, 0);  mm = None
                add: "f32[4]" = torch.ops.aten.add.Tensor(squeeze, arg1_1);  squeeze = arg1_1 = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
                detach: "f32[4]" = torch.ops.aten.detach.default(tanh);  tanh = None
                detach_1: "f32[4]" = torch.ops.aten.detach.default(detach);  detach = None
                tanh_backward: "f32[4]" = torch.ops.aten.tanh_backward.default(arg6_1, detach_1);  arg6_1 = detach_1 = None
                unsqueeze_1: "f32[1, 4]" = torch.ops.aten.unsqueeze.default(tanh_backward, 0)
                t: "f32[4, 1]" = torch.ops.aten.t.default(unsqueeze);  unsqueeze = None
                mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(t, unsqueeze_1);  t = None
                t_1: "f32[4, 4]" = torch.ops.aten.t.default(arg2_1);  arg2_1 = None
                mm_2: "f32[1, 4]" = torch.ops.aten.mm.default(unsqueeze_1, t_1);  unsqueeze_1 = t_1 = None
                squeeze_1: "f32[4]" = torch.ops.aten.squeeze.dim(mm_2, 0);  mm_2 = None
                zeros_like: "f32[4]" = torch.ops.aten.zeros_like.default(arg3_1, pin_memory = False);  arg3_1 = None
                zeros_like_1: "f32[4]" = torch.ops.aten.zeros_like.default(arg4_1, pin_memory = False);  arg4_1 = None
                zeros_like_2: "f32[4, 4]" = torch.ops.aten.zeros_like.default(arg5_1, pin_memory = False);  arg5_1 = None
                return [squeeze_1, tanh_backward, mm_1, zeros_like, zeros_like_1, zeros_like_2]

        class false_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4]", arg4_1: "f32[4]", arg5_1: "f32[4, 4]", arg6_1: "f32[4]"):
                # Backward of forward node: File: captured.py:184 in forward, code: h, ys = scan(step, x[0] * 2, x)
                view: "f32[1, 4]" = torch.ops.aten.view.default(arg1_1, [1, 4]);  arg1_1 = None
                t: "f32[4, 4]" = torch.ops.aten.t.default(arg5_1);  arg5_1 = None
                addmm: "f32[1, 4]" = torch.ops.aten.addmm.default(arg4_1, view, t);  arg4_1 = None
                _unsafe_view: "f32[4]" = torch.ops.aten._unsafe_view.default(addmm, [4]);  addmm = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(_unsafe_view);  _unsafe_view = None
                detach: "f32[4]" = torch.ops.aten.detach.default(tanh);  tanh = None
                detach_1: "f32[4]" = torch.ops.aten.detach.default(detach);  detach = None
                tanh_backward: "f32[4]" = torch.ops.aten.tanh_backward.default(arg6_1, detach_1);  detach_1 = None
                view_1: "f32[1, 4]" = torch.ops.aten.view.default(tanh_backward, [1, 4]);  tanh_backward = None
                t_1: "f32[4, 4]" = torch.ops.aten.t.default(t);  t = None
                mm: "f32[1, 4]" = torch.ops.aten.mm.default(view_1, t_1);  t_1 = None
                t_2: "f32[4, 1]" = torch.ops.aten.t.default(view_1)
                mm_1: "f32[4, 4]" = torch.ops.aten.mm.default(t_2, view);  t_2 = view = None
                t_3: "f32[4, 4]" = torch.ops.aten.t.default(mm_1);  mm_1 = None
                sum_1: "f32[1, 4]" = torch.ops.aten.sum.dim_IntList(view_1, [0], True);  view_1 = None
                view_2: "f32[4]" = torch.ops.aten.view.default(sum_1, [4]);  sum_1 = None
                t_4: "f32[4, 4]" = torch.ops.aten.t.default(t_3);  t_3 = None
                view_3: "f32[4]" = torch.ops.aten.view.default(mm, [4]);  mm = None
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg6_1, 0.5);  arg6_1 = None
                zeros_like: "f32[4, 4]" = torch.ops.aten.zeros_like.default(arg2_1, pin_memory = False);  arg2_1 = None
                zeros_like_1: "f32[4]" = torch.ops.aten.zeros_like.default(arg3_1, pin_memory = False);  arg3_1 = None
                return [mul, view_3, zeros_like, zeros_like_1, view_2, t_4]
