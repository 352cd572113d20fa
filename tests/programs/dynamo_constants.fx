class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]", L_y_: "f32[3, 4]"):
        l_x_ = L_x_
        l_y_ = L_y_

        # File: captured.py:244 in forward, code: z = torch.where(x > 0, x, y).masked_fill(x > 0, 0.5)
        gt: "b8[3, 4]" = l_x_ > 0
        where: "f32[3, 4]" = torch.where(gt, l_x_, l_y_);  gt = l_y_ = None
        gt_1: "b8[3, 4]" = l_x_ > 0
        z: "f32[3, 4]" = where.masked_fill(gt_1, 0.5);  where = gt_1 = None

        # File: captured.py:245 in forward, code: return (z.index_select(0, torch.tensor([0, 2])).gather(1, torch.tensor([[0, 1], [2, 3]])) * x[:2, :2]).sum()
        tensor: "i64[2]" = torch.tensor([0, 2])
        index_select: "f32[2, 4]" = z.index_select(0, tensor);  z = tensor = None
        tensor_1: "i64[2, 2]" = torch.tensor([[0, 1], [2, 3]])
        gather: "f32[2, 2]" = index_select.gather(1, tensor_1);  index_select = tensor_1 = None
        getitem: "f32[2, 2]" = l_x_[(slice(None, 2, None), slice(None, 2, None))];  l_x_ = None
        mul: "f32[2, 2]" = gather * getitem;  gather = getitem = None
        sum_1: "f32[]" = mul.sum();  mul = None
        return (sum_1,)
