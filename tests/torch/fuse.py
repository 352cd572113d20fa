#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random chains of pointwise operators, views, reductions and normalisations against PyTorch: what fusion must not change.

usage: fuse.py PROGRAM [--count 100] [--seed 0] [--dtype f64|f32|bf16]
Each program is FX text that PyTorch executes as well; outputs and gradients of all inputs are compared.
"""
import argparse
import os
import random
import subprocess
import sys
import tempfile

import torch
from safetensors.torch import load_file, save_file

DTYPES = {"f64": torch.float64, "f32": torch.float32, "bf16": torch.bfloat16}
UNARY = ["relu", "tanh", "sigmoid", "neg", "sin", "abs", "square", "gelu", "silu", "exp"]
BINARY = ["add.Tensor", "sub.Tensor", "mul.Tensor", "maximum"]


class Writer:
    """Writes one program while it runs it on meta tensors for the sizes."""

    def __init__(self, rng, dtype):
        self.rng, self.dtype, self.lines, self.values, self.count = rng, dtype, [], {}, 0

    def add(self, text, meta):
        name = f"v{self.count}"
        self.count += 1
        self.lines.append(f"        {name} = {text}")
        self.values[name] = meta
        return name

    def pick(self, want=lambda t: True):
        names = [n for n, t in self.values.items() if want(t)]
        return self.rng.choice(names[-6:] if self.rng.random() < 0.7 else names) if names else None

    def op(self, name, args, meta_args):
        packet, _, overload = name.partition(".")
        call = getattr(getattr(torch.ops.aten, packet), overload or "default")
        with torch.device("meta"):
            out = call(*meta_args)
        return self.add(f"torch.ops.aten.{packet}.{overload or 'default'}({', '.join(args)})", out)

    def step(self):
        rng, kind = self.rng, self.rng.random()
        x = self.pick()
        t = self.values[x]
        if kind < 0.3:
            name = rng.choice(UNARY)
            if name == "exp":
                x = self.op("tanh", [x], [t])
                t = self.values[x]
            self.op(name, [x], [t])
        elif kind < 0.55:
            def fits(o):
                try:
                    return torch.broadcast_shapes(o.shape, t.shape).numel() <= 4096
                except RuntimeError:
                    return False
            y = self.pick(fits)
            if y:
                self.op(rng.choice(BINARY), [x, y], [t, self.values[y]])
        elif kind < 0.75 and t.dim():
            dims = sorted(rng.sample(range(t.dim()), rng.randint(1, t.dim())))
            keep = rng.random() < 0.6
            name = rng.choice(["sum.dim_IntList", "mean.dim", "amax", "var.correction"])
            if name == "var.correction":
                if t.shape[dims[0]] > 1:
                    out = torch.var(t, dims, correction=0, keepdim=keep)
                    self.add(f"torch.ops.aten.var.correction({x}, {dims}, correction=0, keepdim={keep})", out)
            else:
                self.op(name, [x, str(dims), str(keep)], [t, dims, keep])
        elif kind < 0.85 and t.dim():
            if rng.random() < 0.5:
                self.op(rng.choice(["_softmax", "_log_softmax"]), [x, "-1", "False"], [t, -1, False])
            elif t.shape[-1] > 1:
                out = torch.nn.functional.layer_norm(t, t.shape[-1:])
                self.add(f"torch.ops.aten.layer_norm.default({x}, [{t.shape[-1]}])", out)
        elif t.dim():
            self.view(x, t)

    def view(self, x, t):
        rng, kind = self.rng, self.rng.randint(0, 4)
        if kind == 0:
            order = rng.sample(range(t.dim()), t.dim())
            self.op("permute", [x, str(order)], [t, order])
        elif kind == 1:
            d = rng.randrange(t.dim())
            if t.shape[d] > 2:
                self.op("slice.Tensor", [x, str(d), "1", str(t.shape[d] - 1)], [t, d, 1, t.shape[d] - 1])
        elif kind == 2:
            d = rng.randint(0, t.dim())
            if t.dim() < 5:
                self.op("unsqueeze", [x, str(d)], [t, d])
        elif kind == 3 and t.is_contiguous() and t.numel() % 2 == 0:
            sizes = rng.choice([[-1], [2, -1], [t.numel() // 2, 2]])
            sizes = [t.numel() // 2 if s == -1 and len(sizes) == 2 else t.numel() if s == -1 else s for s in sizes]
            self.op("view", [x, str(sizes)], [t, sizes])
        else:
            self.add(f"torch.ops.aten.clone.default({x}, memory_format=torch.contiguous_format)", t.contiguous())


def annotation(name, t):
    return f'{name}: "{name_of(t.dtype)}[{", ".join(map(str, t.shape))}]"'


def name_of(dtype):
    return next(k for k, v in DTYPES.items() if v == dtype)


def make(rng, dtype):
    w = Writer(rng, dtype)
    b, c, d = rng.choice([(2, 3, 8), (4, 6, 5), (1, 7, 64), (3, 40, 16), (2, 5, 130)])
    inputs = {}
    for i, shape in enumerate([(b, c, d), (d,), (c, 1), (b, 1, d), (c, d)]):
        inputs[f"x{i}"] = torch.empty(shape, dtype=dtype, device="meta")
    w.values.update(inputs)
    for _ in range(rng.randint(4, 24)):
        w.step()
    outputs = list(dict.fromkeys([w.pick(), list(w.values)[-1], w.pick()]))
    outputs = [o for o in outputs if o not in inputs] or [w.op("neg", ["x0"], [inputs["x0"]])]
    head = ", ".join(annotation(n, t) for n, t in inputs.items())
    body = "\n".join(w.lines)
    text = f"class GraphModule(torch.nn.Module):\n    def forward(self, {head}):\n{body}\n        return ({', '.join(outputs)},)\n"
    return text, {n: t.shape for n, t in inputs.items()}


def close(a, b, dtype):
    tolerance = {torch.float64: 1e-9, torch.float32: 3e-4, torch.bfloat16: 6e-2}[dtype]
    a, b = a.double(), b.double()
    scale = max(1.0, float(b.abs().max())) if b.numel() else 1.0
    both_nan = torch.isnan(a) & torch.isnan(b)
    return a.shape == b.shape and bool((((a - b).abs() <= tolerance * scale) | both_nan | (a == b)).all())


def check(program, text, shapes, dtype, seed, folder):
    torch.manual_seed(seed)
    inputs = {n: torch.randn(s, dtype=torch.float64).to(dtype).requires_grad_() for n, s in shapes.items()}
    scope = {"torch": torch}
    exec(text, scope)
    outputs = scope["GraphModule"]().forward(*inputs.values())
    tangents = [torch.randn(o.shape, dtype=torch.float64).to(dtype) for o in outputs]
    grads = torch.autograd.grad(outputs, list(inputs.values()), tangents, allow_unused=True)
    data = {f"input.{n}": t.detach() for n, t in inputs.items()}
    data.update({f"tangent.{i}": t for i, t in enumerate(tangents)})
    fx, given, got = (os.path.join(folder, n) for n in ("p.fx", "p.safetensors", "o.safetensors"))
    open(fx, "w").write(text)
    save_file({k: v.contiguous() for k, v in data.items()}, given, metadata={"requires_grad": ",".join(inputs)})
    run = subprocess.run([program, "run", fx, "--data", given, "--out", got], capture_output=True, text=True)
    if run.returncode:
        return run.stderr.strip()
    result = load_file(got)
    for i, o in enumerate(outputs):
        if not close(result[f"output.{i}"], o.detach(), dtype):
            return f"output {i} differs"
    for n, g in zip(inputs, grads):
        have = result.get(f"grad.{n}")
        if g is not None and not (have is not None and close(have, g, dtype)):
            return f"gradient of {n} differs"
    return None


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("--count", type=int, default=100)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--dtype", default="f64", choices=DTYPES)
    a = ap.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(a.seed, a.seed + a.count):
            text, shapes = make(random.Random(seed), DTYPES[a.dtype])
            why = check(a.program, text, shapes, DTYPES[a.dtype], seed, folder)
            bad += why is not None
            print(f"{'not ok' if why else 'ok'} {seed - a.seed + 1} - seed {seed}")
            if why:
                print("\n".join(f"# {line}" for line in [why, *text.splitlines()]))
    print(f"1..{a.count}")
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
