# Forward over reverse, each a batch over a basis.
# run: infer transform=hessian(x)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        return ((x * x * x).sum(),)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        eye: "f32[3, 3]" = torch.ops.aten.eye.default(3, dtype = torch.float32)
        eye_1: "f32[1, 1]" = torch.ops.aten.eye.default(1, dtype = torch.float32)
        view: "f32[1]" = torch.ops.aten.view.default(eye_1, [1]);  eye_1 = None
        unsqueeze: "f32[1, 1]" = torch.ops.aten.unsqueeze.default(view, 1);  view = None
        expand: "f32[1, 3]" = torch.ops.aten.expand.default(unsqueeze, [1, 3]);  unsqueeze = None
        mul_2: "f32[1, 3]" = torch.ops.aten.mul.Tensor(expand, x)
        mul_5: "f32[3, 3]" = torch.ops.aten.mul.Tensor(eye, x)
        mul_6: "f32[3, 3]" = torch.ops.aten.mul.Tensor(eye, x)
        add_2: "f32[3, 3]" = torch.ops.aten.add.Tensor(mul_5, mul_6);  mul_5 = mul_6 = None
        view_2: "f32[3, 1, 3]" = torch.ops.aten.view.default(add_2, [3, 1, 3]);  add_2 = None
        expand_1: "f32[3, 1, 3]" = torch.ops.aten.expand.default(view_2, [3, 1, 3]);  view_2 = None
        mul_7: "f32[3, 1, 3]" = torch.ops.aten.mul.Tensor(expand_1, expand);  expand_1 = None
        view_3: "f32[3, 1, 3]" = torch.ops.aten.view.default(eye, [3, 1, 3])
        expand_2: "f32[3, 1, 3]" = torch.ops.aten.expand.default(view_3, [3, 1, 3]);  view_3 = None
        mul_8: "f32[3, 1, 3]" = torch.ops.aten.mul.Tensor(expand_2, expand);  expand_2 = expand = None
        view_4: "f32[3, 1, 3]" = torch.ops.aten.view.default(eye, [3, 1, 3])
        expand_3: "f32[3, 1, 3]" = torch.ops.aten.expand.default(view_4, [3, 1, 3]);  view_4 = None
        mul_9: "f32[3, 1, 3]" = torch.ops.aten.mul.Tensor(mul_8, x)
        add_3: "f32[3, 1, 3]" = torch.ops.aten.add.Tensor(mul_7, mul_9);  mul_7 = mul_9 = None
        mul_10: "f32[3, 1, 3]" = torch.ops.aten.mul.Tensor(expand_3, mul_2);  expand_3 = None
        add_4: "f32[3, 1, 3]" = torch.ops.aten.add.Tensor(add_3, mul_10);  add_3 = mul_10 = None
        view_5: "f32[3, 1, 3]" = torch.ops.aten.view.default(eye, [3, 1, 3]);  eye = None
        expand_4: "f32[3, 1, 3]" = torch.ops.aten.expand.default(view_5, [3, 1, 3]);  view_5 = None
        mul_11: "f32[3, 1, 3]" = torch.ops.aten.mul.Tensor(mul_8, x);  mul_8 = x = None
        add_5: "f32[3, 1, 3]" = torch.ops.aten.add.Tensor(add_4, mul_11);  add_4 = mul_11 = None
        mul_12: "f32[3, 1, 3]" = torch.ops.aten.mul.Tensor(expand_4, mul_2);  expand_4 = mul_2 = None
        add_6: "f32[3, 1, 3]" = torch.ops.aten.add.Tensor(add_5, mul_12);  add_5 = mul_12 = None
        view_6: "f32[3, 3]" = torch.ops.aten.view.default(add_6, [3, 3]);  add_6 = None
        permute: "f32[3, 3]" = torch.ops.aten.permute.default(view_6, [1, 0]);  view_6 = None
        return (permute,)
