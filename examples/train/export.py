#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Export the two bundled trainings from PyTorch: programs (.fx), first weights and data (.safetensors).

usage: export.py [DIR]        needs torch, safetensors, numpy; scikit-learn for the digits

digits        a convolutional net on the 1,797 handwritten digits of scikit-learn (8x8; Alpaydin and Kaynak, Optical
              Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998, CC BY 4.0)
gpt           a byte-level GPT of about a million parameters; its text is whatever `cotangent train gpt` is given
Each has a program that trains (loss) and one that answers (logits) on the same weights.
"""
import os, re, sys
import torch
from safetensors.torch import save_file

F, nn = torch.nn.functional, torch.nn
BATCH, EVAL_BATCH = 64, 60          # digits
CONTEXT, GPT_BATCH = 128, 16        # gpt
WIDTH, HEADS, LAYERS = 128, 4, 5


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32)
        self.conv2, self.norm2 = nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64)
        self.pool = nn.MaxPool2d(2)
        self.out = nn.Linear(64 * 4 * 4, 10)

    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x)))
        x = self.pool(F.relu(self.norm2(self.conv2(x))))
        return self.out(x.flatten(1))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class GPT(nn.Module):
    def __init__(self):
        super().__init__()
        self.token, self.position = nn.Embedding(256, WIDTH), nn.Embedding(CONTEXT, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 256, bias=False)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.02)

    def forward(self, ids):
        x = self.token(ids) + self.position(torch.arange(ids.shape[1]))
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


class WithLoss(nn.Module):
    """Parameters keep the names that the answering program knows them by."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x, y):
        return F.cross_entropy(self.net(x).flatten(0, -2), y.flatten())


class Answer(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net(x)


def export(module, args, path):
    program = torch.export.export(module, args)
    text = re.sub(r"# File: \S*?(site-packages/\S*|[^/ ]+\.py:\d+)(?= in)", r"# File: \1", str(program))  # no paths of this machine
    open(path, "w").write(text if text.endswith("\n") else text + "\n")
    return {k: v.detach().clone().contiguous() for k, v in {**program.state_dict, **program.constants}.items()
            if isinstance(v, torch.Tensor)}


def main():
    out = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    torch.manual_seed(0)
    net = Digits()
    weights = export(WithLoss(net.train()), (torch.randn(BATCH, 1, 8, 8), torch.zeros(BATCH, dtype=torch.long)), f"{out}/digits.fx")
    export(Answer(net.eval()), (torch.randn(EVAL_BATCH, 1, 8, 8),), f"{out}/digits_answer.fx")
    save_file(weights, f"{out}/digits.safetensors")
    from sklearn.datasets import load_digits
    data = load_digits()
    save_file({"images": torch.tensor(data.images, dtype=torch.uint8), "labels": torch.tensor(data.target, dtype=torch.uint8)},
              f"{out}/digits_data.safetensors")
    gpt = GPT()
    ids = torch.zeros(GPT_BATCH, CONTEXT, dtype=torch.long)
    save_file(export(WithLoss(gpt.train()), (ids, ids.clone()), f"{out}/gpt.fx"), f"{out}/gpt.safetensors")
    export(Answer(gpt.eval()), (torch.zeros(1, CONTEXT, dtype=torch.long),), f"{out}/gpt_answer.fx")
    for name in os.listdir(out):
        os.chmod(os.path.join(out, name), 0o755 if name == "export.py" else 0o644)
    print("parameters:", sum(p.numel() for p in net.parameters()), "digits,", sum(p.numel() for p in gpt.parameters()), "gpt")


if __name__ == "__main__":
    main()
