# 1:1: SYNTAX: expected 'class NAME(torch.nn.Module):'
# def forward(self, x):
# ^
def forward(self, x):
    return x
