# 3:13: SCHEMA: _enter_autocast expects device_type, dtype, enabled, and cache_enabled arguments to be constants.
#         h = torch.amp.autocast_mode._enter_autocast(x, torch.bfloat16, True, None)
#             ^
class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        h = torch.amp.autocast_mode._enter_autocast(x, torch.bfloat16, True, None)
        return (x,)
