class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 6][6, 1]cpu", L_w_: "f32[6, 6][6, 1]cpu"):
        l_x_ = L_x_
        l_w_ = L_w_
        _enter_autocast = torch.amp.autocast_mode._enter_autocast('cpu', torch.bfloat16, True, None)
        y: "bf16[4, 6][6, 1]cpu" = l_x_ @ l_w_
        _enter_autocast_1 = torch.amp.autocast_mode._enter_autocast('cpu', None, False, None)
        float_1: "f32[4, 6][6, 1]cpu" = y.float();  y = None
        sum_1: "f32[][]cpu" = l_w_.sum();  l_w_ = None
        z: "f32[4, 6][6, 1]cpu" = float_1 * sum_1;  float_1 = sum_1 = None
        _exit_autocast = torch.amp.autocast_mode._exit_autocast(_enter_autocast_1);  _enter_autocast_1 = _exit_autocast = None
        t: "f32[6, 4][1, 6]cpu" = l_x_.t();  l_x_ = None
        u: "bf16[4, 4][4, 1]cpu" = z @ t;  z = t = None
        _exit_autocast_1 = torch.amp.autocast_mode._exit_autocast(_enter_autocast);  _enter_autocast = _exit_autocast_1 = None
        q: "bf16[4, 4][4, 1]cpu" = u * 2
        _set_grad_enabled_2 = torch._C._set_grad_enabled(False);  _set_grad_enabled_2 = None
        r: "bf16[4, 4][4, 1]cpu" = u * 3;  u = None
        _set_grad_enabled_3 = torch._C._set_grad_enabled(True);  _set_grad_enabled_3 = None
        add: "bf16[4, 4][4, 1]cpu" = q + r;  q = r = None
        float_2: "f32[4, 4][4, 1]cpu" = add.float();  add = None
        return (float_2,)
