class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        _enter_inference_mode = torch.autograd.grad_mode._enter_inference_mode(True)
        matmul: "f32[4, 6][6, 1]cpu" = l_x_ @ l_w_;  l_x_ = l_w_ = None
        y: "f32[4, 6][6, 1]cpu" = matmul.sin();  matmul = None
        _exit_inference_mode = torch.autograd.grad_mode._exit_inference_mode(_enter_inference_mode);  _enter_inference_mode = _exit_inference_mode = None
        add: "f32[4, 6][6, 1]cpu" = y + 1;  y = None
        return (add,)
