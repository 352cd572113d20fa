class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4][4, 1]cpu", L_w_: "f32[4, 4][4, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        arg: "f32[4, 4][4, 1]cpu" = l_x_ @ l_w_;  l_x_ = None
        fwd_body_0 = self.fwd_body_0
        bwd_body_0 = self.bwd_body_0
        autograd_function_apply = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, arg, non_differentiable_idx = [], saved_for_backward_idx = []);  fwd_body_0 = bwd_body_0 = arg = None
        getitem: "f32[4, 4][4, 1]cpu" = autograd_function_apply[0];  autograd_function_apply = None
        matmul_1: "f32[4, 4][4, 1]cpu" = getitem @ l_w_;  getitem = l_w_ = None
        softmax: "f32[4, 4][4, 1]cpu" = torch.nn.functional.softmax(matmul_1, -1);  matmul_1 = None
        return (softmax,)

    class fwd_body_0(torch.nn.Module):
        def forward(self, matmul: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            outs: "f32[4, 4][4, 1]cpu" = matmul.round();  matmul = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return ((outs,), ())

    class bwd_body_0(torch.nn.Module):
        def forward(self, g: "f32[4, 4][4, 1]cpu"):
            _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
            _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
            return (g,)
