class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        _enter_autocast = torch.amp.autocast_mode._enter_autocast('cpu', torch.bfloat16, True, None)
        y: "bf16[4, 6][6, 1]cpu" = l_x_ @ l_w_;  l_x_ = l_w_ = None
        _exit_autocast = torch.amp.autocast_mode._exit_autocast(_enter_autocast);  _enter_autocast = _exit_autocast = None
        _set_grad_enabled = torch._C._set_grad_enabled(False);  _set_grad_enabled = None
        z: "bf16[4, 6][6, 1]cpu" = y.sin()
        _set_grad_enabled_1 = torch._C._set_grad_enabled(True);  _set_grad_enabled_1 = None
        cos: "bf16[4, 6][6, 1]cpu" = y.cos();  y = None
        add: "bf16[4, 6][6, 1]cpu" = cos + z;  cos = z = None
        return (add,)
