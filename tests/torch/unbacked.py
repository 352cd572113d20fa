#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random programs whose sizes only data tell, exported by PyTorch, against PyTorch's eager mode.

usage: unbacked.py PROGRAM [--count N] [--seed S] [--keep DIR]
A program keeps a few matrices of WIDTH columns and makes new ones: rows under a mask, rows that nonzero names, repeated
rows, joins, slices that end at a number read from data, products, scalings by such a number, branches of different
sizes, bodies that make such rows themselves. Results and gradients must be the same, for several inputs of one program. Prints TAP; a program that PyTorch does
not export is skipped. Needs torch, safetensors.
"""
import argparse, os, random, re, subprocess, sys, tempfile, warnings
import torch
from torch._higher_order_ops.map import map as torch_map
from safetensors.torch import load_file, save_file

warnings.filterwarnings("ignore")
WIDTH, ROWS = 4, 6


class Program(torch.nn.Module):
    """The same choices in every call: they come from a seed."""

    def __init__(self, seed, real):
        super().__init__()
        torch.manual_seed(seed)
        self.w = torch.nn.Parameter(torch.randn(WIDTH, WIDTH))
        self.b = torch.nn.Parameter(torch.randn(WIDTH))
        self.seed, self.real = seed, real

    def branch(self, r, x):
        a, b = r.randint(1, ROWS), r.randint(1, ROWS)
        predicate, yes, no = x.sum() > 0, lambda x: (x * self.b)[:a].sin(), lambda x: x[:b].exp() * 2
        column, bound = r.randrange(WIDTH), r.uniform(-1, 1)
        if r.random() < 0.5:  # sizes that only a branch knows
            yes = lambda x: (x[x[:, column] > bound] @ self.w).sin()
            no = r.choice([no, lambda x: x[(x[:, column] < bound).nonzero().squeeze(1)] * self.b])
        if self.real:
            return torch.cond(predicate, yes, no, (x,))
        return yes(x) if predicate else no(x)

    def inside(self, r, x):
        """A tensor of a size that only the body knows, and that stays in it."""
        column, bound, loop = r.randrange(WIDTH), r.uniform(-1, 1), r.random() < 0.5
        some = lambda v: (v * v[v > bound].sum()).sin() * self.b
        rows = lambda v: v * (v[v[:, column] > bound] @ self.w).sum(0)
        if loop:
            return torch_map(some, x) if self.real else torch.stack([some(v) for v in x])
        if self.real:
            return torch.cond(x.mean() > 0, rows, lambda v: v.cos(), (x,))
        return rows(x) if x.mean() > 0 else x.cos()

    def make(self, r, whole, some):
        x = r.choice(whole + some)
        kind = r.choice(["mask", "rows", "repeat", "join", "mm", "scale", "slice", "pointwise", "branch", "inside", "where", "order"])
        if kind == "mask":
            return x[x[:, r.randrange(WIDTH)] > r.uniform(-1, 1)]
        if kind == "rows":
            return x[(x[:, r.randrange(WIDTH)] > r.uniform(-1, 1)).nonzero().squeeze(1)] * 1.5
        if kind == "repeat":
            y = r.choice(whole)
            return y.repeat_interleave((y[:, 0].detach().abs() * 2).to(torch.int64), dim=0)
        if kind == "join":
            return torch.cat([x, r.choice(whole + some)])
        if kind == "mm":
            return torch.tanh(x @ self.w + self.b)
        if kind == "scale":
            return x * r.choice(whole).detach().sum().item()
        if kind == "slice":
            y = r.choice(whole)
            return y[: (y.detach().abs().sum() % ROWS).to(torch.int64).item()] + self.b
        if kind == "branch":
            return self.branch(r, r.choice(whole))
        if kind == "inside":
            return self.inside(r, r.choice(whole))
        if kind == "where":
            rows, columns = torch.where(r.choice(whole) > 0.5)
            return r.choice(whole)[rows] * self.b[columns].unsqueeze(1)
        if kind == "order":
            return x.flatten()[: 0].sum() + torch.sin(x).flip(0)
        return r.choice([torch.sin, torch.sigmoid, lambda y: y * y, lambda y: y - y.mean(1, keepdim=True)])(x)

    def forward(self, x, y):
        r = random.Random(self.seed)
        whole, some = [x, y, x * self.b], []
        for _ in range(r.randint(3, 7)):
            some.append(self.make(r, whole, some))
        last = some[-1]
        picked = torch.masked_select(last, last > 0).sum() + torch.stack([s.sum() for s in some]).sum()
        return picked, last


def inputs(seed):
    torch.manual_seed(seed)
    return torch.randn(ROWS, WIDTH), torch.randn(ROWS, WIDTH)


def write_case(path, program, args):
    eager = Program(program.seed, False)
    loss, last = eager(*args)
    data = {"input.p_w": eager.w.detach(), "input.p_b": eager.b.detach(), "input.x": args[0], "input.y": args[1]}
    expected = {"output.0": loss.detach(), "output.1": last.detach().contiguous()}
    tangents = {"tangent.0": torch.ones(()), "tangent.1": torch.randn_like(last)}
    tangents = {k: t for k, t, y in zip(tangents, tangents.values(), [loss, last]) if y.requires_grad}
    total = sum((y * tangents[f"tangent.{i}"]).sum() for i, y in enumerate([loss, last]) if f"tangent.{i}" in tangents)
    grads = torch.autograd.grad(total, [eager.w, eager.b], allow_unused=True) if tangents else [None, None]
    expected.update({f"grad.{n}": g for n, g in zip(["p_w", "p_b"], grads) if g is not None})
    save_file({k: v.clone() for k, v in {**data, **tangents, **expected}.items()}, path)
    return expected


def differs(expected, found):
    for key, e in expected.items():
        f = found.get(key)
        if f is None and key.startswith("grad.") and not e.any():
            continue
        if f is None or f.shape != e.shape:
            return f"{key}: {None if f is None else list(f.shape)}, expected {list(e.shape)}"
        if not torch.allclose(e.double(), f.double(), rtol=1e-3, atol=1e-4 * max(1.0, float(e.abs().max()) if e.numel() else 1), equal_nan=True):
            return f"{key}: values differ by {float((e - f).abs().max())}"
    return None


def check(cotangent, folder, seed):
    program = Program(seed, True)
    try:
        exported = torch.export.export(program, inputs(seed))
    except Exception as e:
        return "skip", str(e).splitlines()[0][:100]
    fx = os.path.join(folder, f"unbacked_{seed}.fx")
    with open(fx, "w") as f:
        f.write(str(exported))
    for k in range(3):
        data = os.path.join(folder, f"unbacked_{seed}.{k}.safetensors")
        expected = write_case(data, program, inputs(seed + k))
        out = data + ".out"
        p = subprocess.run([cotangent, "run", fx, "--data", data, "--out", out] + ([] if any(key.startswith("grad.") for key in expected) else ["--infer"]), capture_output=True, text=True)
        if p.returncode:
            return "not ok", p.stderr.strip().splitlines()[-1] if p.stderr.strip() else f"exit {p.returncode}"
        wrong = differs(expected, load_file(out))
        if wrong:
            return "not ok", f"inputs {k}: {wrong}"
    return "ok", None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep")
    a = parser.parse_args()
    folder = a.keep or tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    print(f"1..{a.count}")
    for n in range(a.count):
        seed = a.seed + n
        status, why = check(os.path.abspath(a.program), folder, seed)
        if status == "skip":
            print(f"ok {n + 1} - program {seed} # SKIP {why}", flush=True)
        else:
            print(f"{status} {n + 1} - program {seed}" + (f"\n# {why}" if why else ""), flush=True)


main()
