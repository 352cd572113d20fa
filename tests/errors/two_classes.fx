# 4:1: SYNTAX: a second module starts here; expected classes inside the first
# class B(torch.nn.Module):
# ^
class A(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        return (x,)
class B(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        return (x,)
