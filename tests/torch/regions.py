#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random programs of regions, captured by torch.compile, against PyTorch's eager run of the same function.

usage: regions.py PROGRAM [--count N] [--seed S] [--keep DIR]
A program is an expression over matrices in which checkpoints, users' own derivatives, wrap, switch, and regions of
autocast, grad mode and disabled autocast stand in each other. Dynamo's graph is printed and run by the library; results
and gradients must be the same. Where the program has checkpoints, no more may be saved than without them. Prints TAP.
Needs torch, safetensors.
"""
import argparse, json, os, random, re, subprocess, sys, tempfile, warnings
import torch
import torch.utils.checkpoint as checkpoints
from safetensors.torch import load_file, save_file
from torch._higher_order_ops.switch import switch
from torch._higher_order_ops.wrap import wrap

warnings.filterwarnings("ignore")
WIDTH = 4


class Scaled(torch.autograd.Function):
    """A derivative that is none of the forward's."""

    @staticmethod
    def forward(ctx, x, w):
        y = torch.tanh(x @ w)
        ctx.save_for_backward(x, w, y)
        return y

    @staticmethod
    def backward(ctx, g):
        x, w, y = ctx.saved_tensors
        d = g * (1 - y * y) * 0.5
        return d @ w.t(), x.t() @ d


class Split(torch.autograd.Function):
    """Two results, one without derivative; a value kept on the context."""

    @staticmethod
    def forward(ctx, x):
        top = x.argmax(1)
        ctx.mark_non_differentiable(top)
        ctx.x = x
        return x.sin(), top

    @staticmethod
    def backward(ctx, g, _):
        return g * 2 * ctx.x.cos()


def checkpoint(f, *xs):
    return checkpoints.checkpoint(f, *xs, use_reentrant=False)


class Maker:
    """Makes f(x, w, i) as source text; `inside` says what encloses the place."""

    def __init__(self, rng):
        self.rng = rng
        self.names = 0

    def name(self):
        self.names += 1
        return f"v{self.names}"

    def leaf(self, x):
        return self.rng.choice([f"torch.tanh({x} @ w)", f"{x}.sin() * w", f"({x} + w.sum(0)).cos()", f"torch.sigmoid({x}) @ w.t()",
                                f"torch.softmax({x}, 1)", f"{x}.t().reshape({WIDTH}, {WIDTH}) * 0.5", f"torch.relu({x}) - {x}"])

    def block(self, x, depth, inside, pad):
        """Lines that end with a name for the result."""
        lines, last = [], x
        for _ in range(self.rng.randint(1, 3)):
            more, last = self.step(last, depth, inside, pad)
            lines += more
        return lines, last

    def body(self, depth, inside, pad):
        f = self.name()
        lines, out = self.block("x", depth - 1, inside, pad + "    ")
        return [f"{pad}def {f}(x, w):"] + lines + [f"{pad}    return {out} * 1.0"], f

    def step(self, x, depth, inside, pad):
        y = self.name()
        kinds = ["leaf", "leaf", "own", "split"]
        if depth:
            kinds += ["checkpoint", "wrap", "no_grad"] + (["switch"] if not inside else [])
        kind = self.rng.choice(kinds)
        if kind == "leaf":
            return [f"{pad}{y} = {self.leaf(x)}"], y
        if kind == "own":
            return [f"{pad}{y} = Scaled.apply({x}, w)"], y
        if kind == "split":
            return [f"{pad}{y}, {y}_top = Split.apply({x})", f"{pad}{y} = {y} + {y}_top.unsqueeze(1) * 0.25"], y
        if kind == "no_grad":
            lines, out = self.block(x, depth - 1, inside, pad + "    ")
            return [f"{pad}with torch.no_grad():"] + lines + [f"{pad}{y} = {x} * {out}"], y
        if kind == "switch":
            lines, fs = [], []
            for _ in range(self.rng.randint(2, 3)):
                more, f = self.body(1, True, pad)
                lines, fs = lines + more, fs + [f]
            return lines + [f"{pad}{y} = switch(i, [{', '.join(fs)}], ({x}, w))"], y
        lines, f = self.body(depth, inside + [kind] if isinstance(inside, list) else inside, pad)
        return lines + [f"{pad}{y} = {kind}({f}, {x}, w)"], y

    def program(self):
        lines, out = self.block("x", 3, False, "    ")
        return "\n".join(["def f(x, w, i):"] + lines + [f"    return {out}", ""])


def capture(f, inputs):
    torch._dynamo.reset()
    found = []

    def backend(graph, _):
        found.append(graph)
        return graph.forward

    try:
        torch.compile(f, backend=backend, fullgraph=True)(*inputs)
    except Exception:
        pass  # the graph is there; some of them only AOTAutograd can run
    return found[0] if found else None


def near(a, b):
    return a.shape == b.shape and a.dtype == b.dtype and torch.allclose(a, b, rtol=2e-4, atol=2e-5)


def check(program, source, folder, number):
    """None, or what is wrong; "skip …" when PyTorch does not capture it."""
    space = dict(torch=torch, Scaled=Scaled, Split=Split, checkpoint=checkpoint, wrap=lambda f, *a: f(*a), switch=lambda i, fs, a: fs[int(i)](*a))
    generator = torch.Generator().manual_seed(number)
    x, w = (torch.randn(WIDTH, WIDTH, generator=generator).requires_grad_() for _ in range(2))
    i = torch.tensor(number % 3 % source.count("switch(") if "switch(" in source else 0)
    exec(source, space)
    eager = space["f"]
    out = eager(x, w, i)
    tangent = torch.randn(out.shape, generator=generator)
    grads = torch.autograd.grad(out, (x, w), tangent, allow_unused=True) if out.requires_grad else (None, None)
    traced = dict(space, wrap=wrap, switch=switch)
    path = os.path.join(folder, f"p{number}.py")
    with open(path, "w") as file:
        file.write(source)
    exec(compile(source, path, "exec"), traced)
    graph = capture(traced["f"], (x, w, i))
    if graph is None:
        return "skip: not captured"
    text = graph.print_readable(print_output=False, include_stride=True, include_device=True)
    fx, data, result = (os.path.join(folder, f"p{number}.{e}") for e in ("fx", "safetensors", "out"))
    with open(fx, "w") as file:
        file.write(text)
    values = {"L_x_": x, "L_w_": w, "L_i_": i}
    names = [n.target for n in graph.graph.nodes if n.op == "placeholder"]
    if any(n not in values for n in names):
        return "skip: other inputs"
    tensors = {"input." + n: values[n].detach().clone() for n in names}
    if out.requires_grad:
        tensors["tangent.0"] = tangent
    wanted = ",".join(n for n in names if n != "L_i_") if out.requires_grad else ""
    save_file(tensors, data, metadata={"requires_grad": wanted})
    p = subprocess.run([program, "run", fx, "--data", data, "--out", result], capture_output=True, text=True)
    if p.returncode:
        return "exit %d: %s" % (p.returncode, p.stderr.strip()[-300:])
    got = load_file(result)
    if not near(got["output.0"], out.detach()):
        return "the result differs"
    for name, g in (("L_x_", grads[0]), ("L_w_", grads[1])):
        mine = got.get("grad." + name)
        if g is None and mine is not None and mine.abs().max() > 0:
            return f"the gradient of {name} is none"
        if g is not None and (mine is None or not near(mine, g)):
            return f"the gradient of {name} differs"
    if not out.requires_grad or "tag_activation_checkpoint(" not in text:
        return None
    plain = os.path.join(folder, f"p{number}_plain.fx")
    with open(plain, "w") as file:
        file.write(re.sub(r"tag_activation_checkpoint\((.*?), use_reentrant = False\)", r"wrap(\1)", text))
    saved = []
    for file in (fx, plain):
        p = subprocess.run([program, "compile", file, "--data", data, "--partition", "default", "--stats"], capture_output=True, text=True)
        saved.append(json.loads(p.stdout.strip().splitlines()[-1])["saved_bytes"] if p.returncode == 0 else -1)
    return None if 0 <= saved[0] <= saved[1] else f"saves {saved[0]} bytes with checkpoints, {saved[1]} without"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        for k in range(options.count):
            source = Maker(random.Random(options.seed * 1000 + k)).program()
            wrong = check(os.path.abspath(options.program), source, folder, k)
            skip = wrong if wrong and wrong.startswith("skip") else None
            failed += bool(wrong and not skip)
            print(f"{'not ' if wrong and not skip else ''}ok {k + 1} - program {k}" + (f" # {skip.upper()}" if skip else ""), flush=True)
            if wrong and not skip:
                print("\n".join("# " + line for line in (wrong + "\n" + source).splitlines()))
    print(f"1..{options.count}")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
