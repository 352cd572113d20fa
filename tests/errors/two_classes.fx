class A(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        return (x,)
class B(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        return (x,)
