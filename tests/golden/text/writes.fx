# Writes in place: `+=`, items, and in-place methods; the name that a print gives their result is the operand.
# run: infer
class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]", L_v_: "f32[3]", i: "i64[2]"):
        l_x_ = L_x_
        l_v_ = L_v_
        y = l_x_ * 1
        y[(slice(None, None, None), 0)] = 3.0;  setitem = y;  setitem = None
        y[:, 1] = l_v_;  setitem_1 = y;  setitem_1 = None
        y += 1;  iadd: "f32[3, 4]" = y
        y[i] = 0;  setitem_2 = y;  setitem_2 = None
        add_ = y.add_(1);  add_ = None
        iadd *= 2;  imul = iadd;  iadd = None
        z = imul.relu()
        return (z, y)
# expect input:
class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]", L_v_: "f32[3]", i: "i64[2]"):
        l_x_ = L_x_
        l_v_ = L_v_
        y: "f32[3, 4]" = torch.ops.aten.mul.Tensor(l_x_, 1);  l_x_ = None
        select: "f32[3]" = torch.ops.aten.select.int(y, 1, 0)
        fill_: "f32[3]" = torch.ops.aten.fill_.Scalar(select, 3.0);  select = fill_ = None
        select_1: "f32[3]" = torch.ops.aten.select.int(y, 1, 1)
        copy_: "f32[3]" = torch.ops.aten.copy_.default(select_1, l_v_);  select_1 = l_v_ = copy_ = None
        add__2: "f32[3, 4]" = torch.ops.aten.add_.Tensor(y, 1);  add__2 = None
        scalar_tensor: "f32[]" = torch.ops.aten.scalar_tensor.default(0, dtype = torch.float32)
        index_put_: "f32[3, 4]" = torch.ops.aten.index_put_.default(y, [i], scalar_tensor);  i = scalar_tensor = index_put_ = None
        add_: "f32[3, 4]" = torch.ops.aten.add_.Tensor(y, 1);  add_ = None
        mul_: "f32[3, 4]" = torch.ops.aten.mul_.Tensor(y, 2);  mul_ = None
        z: "f32[3, 4]" = torch.ops.aten.relu.default(y)
        return (z, y)
