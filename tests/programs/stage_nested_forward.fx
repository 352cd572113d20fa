class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[3, 4]", primals_2: "f32[4, 4]", primals_3: "f32[4, 4]", primals_4: "f32[4]", primals_5: "f32[4]"):
        # File: captured.py:184 in forward, code: h, ys = scan(step, x[0] * 2, x)
        select: "f32[4]" = torch.ops.aten.select.int(primals_1, 0, 0)
        mul: "f32[4]" = torch.ops.aten.mul.Tensor(select, 2);  select = None
        scan_combine_graph_0 = self.scan_combine_graph_0
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, (mul,), (primals_1,), (primals_2, primals_3, primals_4, primals_5));  scan_combine_graph_0 = mul = None
        getitem: "f32[4]" = scan[0]
        getitem_1: "f32[3, 4]" = scan[1]
        getitem_2: "f32[3, 4]" = scan[2]
        getitem_3: "b8[3]" = scan[3];  scan = None

        # File: captured.py:185 in forward, code: return h.sum() + ys.sum()
        sum_1: "f32[]" = torch.ops.aten.sum.default(getitem);  getitem = None
        sum_2: "f32[]" = torch.ops.aten.sum.default(getitem_1);  getitem_1 = None
        add: "f32[]" = torch.ops.aten.add.Tensor(sum_1, sum_2);  sum_1 = sum_2 = None

        # Backward of forward node: File: captured.py:184 in forward, code: h, ys = scan(step, x[0] * 2, x)
        flip_1: "f32[3, 4]" = torch.ops.aten.flip.default(primals_1, [0]);  primals_1 = None
        flip_2: "f32[3, 4]" = torch.ops.aten.flip.default(getitem_2, [0]);  getitem_2 = None
        flip_3: "b8[3]" = torch.ops.aten.flip.default(getitem_3, [0]);  getitem_3 = None
        return (add, primals_2, primals_3, primals_4, primals_5, flip_1, flip_2, flip_3)

    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4, 4]", arg4_1: "f32[4]", arg5_1: "f32[4]"):
            # File: captured.py:184 in forward, code: h, ys = scan(step, x[0] * 2, x)
            sum_1: "f32[]" = torch.ops.aten.sum.default(arg0_1)
            gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (arg0_1, arg1_1, arg2_1, arg5_1, arg4_1, arg3_1));  true_graph_0 = false_graph_0 = arg1_1 = arg2_1 = arg5_1 = arg4_1 = arg3_1 = None
            getitem: "f32[4]" = cond[0];  cond = None
            mul: "f32[4]" = torch.ops.aten.mul.Tensor(getitem, 1.0)

            # No stacktrace found for following nodes
            clone: "f32[4]" = torch.ops.aten.clone.default(arg0_1);  arg0_1 = None
            return (getitem, mul, clone, gt)

        class true_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4]", arg4_1: "f32[4]", arg5_1: "f32[4, 4]"):
                # File: captured.py:181 in <lambda>, code: n = torch.cond(h.sum() > 0, lambda h: torch.tanh(h @ self.w + v), lambda h: h * 0.5 + self.l(v), (h,))
                unsqueeze: "f32[1, 4]" = torch.ops.aten.unsqueeze.default(arg0_1, 0);  arg0_1 = None
                mm: "f32[1, 4]" = torch.ops.aten.mm.default(unsqueeze, arg2_1);  unsqueeze = arg2_1 = None
                squeeze: "f32[4]" = torch.ops.aten.squeeze.dim(mm, 0);  mm = None
                add: "f32[4]" = torch.ops.aten.add.Tensor(squeeze, arg1_1);  squeeze = arg1_1 = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(add);  add = None
                return (tanh,)

        class false_graph_0(torch.nn.Module):
            def forward(self, arg0_1: "f32[4]", arg1_1: "f32[4]", arg2_1: "f32[4, 4]", arg3_1: "f32[4]", arg4_1: "f32[4]", arg5_1: "f32[4, 4]"):
                # File: captured.py:181 in <lambda>, code: n = torch.cond(h.sum() > 0, lambda h: torch.tanh(h @ self.w + v), lambda h: h * 0.5 + self.l(v), (h,))
                mul: "f32[4]" = torch.ops.aten.mul.Tensor(arg0_1, 0.5);  arg0_1 = None

                # File: captured.py:104 in forward, code: return torch.tanh(self.l(x)) + self.k
                view: "f32[1, 4]" = torch.ops.aten.view.default(arg1_1, [1, 4]);  arg1_1 = None
                t: "f32[4, 4]" = torch.ops.aten.t.default(arg5_1);  arg5_1 = None
                addmm: "f32[1, 4]" = torch.ops.aten.addmm.default(arg4_1, view, t);  arg4_1 = view = t = None
                _unsafe_view: "f32[4]" = torch.ops.aten._unsafe_view.default(addmm, [4]);  addmm = None
                tanh: "f32[4]" = torch.ops.aten.tanh.default(_unsafe_view);  _unsafe_view = None
                add: "f32[4]" = torch.ops.aten.add.Tensor(tanh, arg3_1);  tanh = arg3_1 = None

                # File: captured.py:181 in <lambda>, code: n = torch.cond(h.sum() > 0, lambda h: torch.tanh(h @ self.w + v), lambda h: h * 0.5 + self.l(v), (h,))
                add_1: "f32[4]" = torch.ops.aten.add.Tensor(mul, add);  mul = add = None
                return (add_1,)
