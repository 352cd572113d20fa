#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Programs that torch.export does not write, against the same in plain Python, in f64: loops of unknown length that
stack their carries (while_loop_stack_output), gradients of loops as programs whose own gradients are asked for, loops
that do not run at all, branches that keep products for their backward.

usage: written.py PROGRAM [--only NAME] [--keep DIR]    DIR gets the programs and what PyTorch computed, as cases
Prints TAP. Needs torch, safetensors.
"""
import argparse, os, subprocess, sys, tempfile
import torch
from safetensors.torch import load_file, save_file

torch.set_default_dtype(torch.float64)

LOOP = """class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
        zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
        test = self.test
        step = self.step
        loop = torch.ops.higher_order.{operator}(test, step, (zeros, x), (n, w))
        {after}

    class test(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f64[3]", n: "i64[]", w: "f64[3, 3]"):
            lt: "b8[]" = torch.ops.aten.lt.Tensor(i, n)
            return (lt,)

    class step(torch.nn.Module):
        def forward(self, i: "i64[]", x: "f64[3]", n: "i64[]", w: "f64[3, 3]"):
            add: "i64[]" = torch.ops.aten.add.Tensor(i, 1)
            mv: "f64[3]" = torch.ops.aten.mv.default(w, x)
            tanh: "f64[3]" = torch.ops.aten.tanh.default(mv)
            sum_1: "f64[3]" = torch.ops.aten.add.Tensor(tanh, x)
            return (add, sum_1)
"""

BRANCH = """class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
        gt: "b8[]" = torch.ops.aten.gt.Scalar(n, 2)
        long = self.long
        short = self.short
        cond = torch.ops.higher_order.cond(gt, long, short, (n, x, w))
        y: "f64[3]" = cond[0]
        sin: "f64[3]" = torch.ops.aten.sin.default(y)
        s: "f64[]" = torch.ops.aten.sum.default(sin)
        return (s,)

    class short(torch.nn.Module):
        def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
            mv: "f64[3]" = torch.ops.aten.mv.default(w, x)
            cos: "f64[3]" = torch.ops.aten.cos.default(mv)
            return (cos,)

    class long(torch.nn.Module):
        def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
            zeros: "i64[]" = torch.ops.aten.zeros.default([], dtype = torch.int64)
            test = self.test
            step = self.step
            loop = torch.ops.higher_order.while_loop(test, step, (zeros, x), (n, w))
            y: "f64[3]" = loop[1]
            return (y,)

        class test(torch.nn.Module):
            def forward(self, i: "i64[]", x: "f64[3]", n: "i64[]", w: "f64[3, 3]"):
                lt: "b8[]" = torch.ops.aten.lt.Tensor(i, n)
                return (lt,)

        class step(torch.nn.Module):
            def forward(self, i: "i64[]", x: "f64[3]", n: "i64[]", w: "f64[3, 3]"):
                add: "i64[]" = torch.ops.aten.add.Tensor(i, 1)
                mv: "f64[3]" = torch.ops.aten.mv.default(w, x)
                tanh: "f64[3]" = torch.ops.aten.tanh.default(mv)
                return (add, tanh)
"""

SWITCH = """class GraphModule(torch.nn.Module):
    def forward(self, n: "i64[]", x: "f64[3]", w: "f64[3, 3]"):
        first = self.first
        second = self.second
        third = self.third
        switch = torch.ops.higher_order.switch(n, [first, second, third, first], (x, w))
        y: "f64[3]" = switch[0]
        sin: "f64[3]" = torch.ops.aten.sin.default(y)
        return (sin,)

    class first(torch.nn.Module):
        def forward(self, x: "f64[3]", w: "f64[3, 3]"):
            mv: "f64[3]" = torch.ops.aten.mv.default(w, x)
            tanh: "f64[3]" = torch.ops.aten.tanh.default(mv)
            mv_1: "f64[3]" = torch.ops.aten.mv.default(w, tanh)
            return (mv_1,)

    class second(torch.nn.Module):
        def forward(self, x: "f64[3]", w: "f64[3, 3]"):
            exp: "f64[3]" = torch.ops.aten.exp.default(x)
            return (exp,)

    class third(torch.nn.Module):
        def forward(self, x: "f64[3]", w: "f64[3, 3]"):
            mm: "f64[3, 3]" = torch.ops.aten.mm.default(w, w)
            cos: "f64[3, 3]" = torch.ops.aten.cos.default(mm)
            mv: "f64[3]" = torch.ops.aten.mv.default(cos, x)
            sin: "f64[3]" = torch.ops.aten.sin.default(mv)
            return (sin,)
"""

LAST = """y: "f64[3]" = loop[1]
        sin: "f64[3]" = torch.ops.aten.sin.default(y)
        s: "f64[]" = torch.ops.aten.sum.default(sin)
        return (s,)"""
ROWS = """k: "i64[u0]" = loop[0]
        y: "f64[u0, 3]" = loop[1]
        return (k, y)"""
READ = """y: "f64[u0, 3]" = loop[1]
        mul: "f64[u0, 3]" = torch.ops.aten.mul.Tensor(y, x)
        cos: "f64[u0, 3]" = torch.ops.aten.cos.default(mul)
        s: "f64[3]" = torch.ops.aten.sum.dim_IntList(cos, [0])
        first: "f64[3]" = torch.ops.aten.select.int(y, 0, 0)
        last: "f64[3]" = torch.ops.aten.select.int(y, 0, -1)
        back: "f64[u0, 3]" = torch.ops.aten.flip.default(y, [0])
        p: "f64[3]" = torch.ops.aten.mul.Tensor(first, last)
        return (s, p, back)"""


def rows(n, x, w):
    """The carries after each iteration; without iterations as they were."""
    i, all_i, all_x = torch.tensor(0), [], []
    while i < n:
        i, x = i + 1, torch.tanh(w @ x) + x
        all_i.append(i)
        all_x.append(x)
    return torch.stack(all_i or [i]), torch.stack(all_x or [x * 1.0])


def read(n, x, w):
    y = rows(n, x, w)[1]
    return (y * x).cos().sum(0), y[0] * y[-1], y.flip(0)


def branch(n, x, w):
    if not n > 2:
        return (w @ x).cos().sin().sum()
    for _ in range(int(n)):
        x = torch.tanh(w @ x)
    return x.sin().sum()


def switch(n, x, w):
    first = lambda: w @ torch.tanh(w @ x)
    return [first, x.exp, lambda: ((w @ w).cos() @ x).sin(), first][int(n)]().sin()


def last(n, x, w):
    return rows(n, x, w)[1][-1].sin().sum()


def gradients(f):
    """The gradients of f as a function."""
    def g(n, x, w):
        if not x.requires_grad:
            x = x.clone().requires_grad_()
        if not w.requires_grad:
            w = w.clone().requires_grad_()
        got = torch.autograd.grad(f(n, x, w), (x, w), create_graph=True, allow_unused=True)
        return tuple(torch.zeros_like(t) if g is None else g for g, t in zip(got, (x, w)))
    return g


def cases():
    """(name, text, transform, the same in Python, iterations)"""
    stack, loop = "while_loop_stack_output", "while_loop"
    for n in (3, 1, 0):
        yield f"while_stack_train_{n}", LOOP.format(operator=stack, after=ROWS), None, rows, n
        yield f"while_stack_read_{n}", LOOP.format(operator=stack, after=READ), None, read, n
        yield f"while_gradient_{n}", LOOP.format(operator=loop, after=LAST), "grad(x, w)", gradients(last), n
        yield f"while_third_{n}", LOOP.format(operator=loop, after=LAST), "grad(x, w); vjp(x, w)", None, n
    for n in range(4):
        yield f"switch_products_{n}", SWITCH, None, switch, n
    for n in (4, 1):
        yield f"while_in_cond_gradient_{n}", BRANCH, "grad(x, w)", gradients(branch), n


def flat(x):
    return list(x) if isinstance(x, (tuple, list)) else [x]


def emitted(binary, folder, text, transform):
    path = os.path.join(folder, "q.fx")
    open(path, "w").write(text)
    p = subprocess.run([binary, "compile", path, "--emit", "input", "--infer", "--transform", transform],
                       capture_output=True, text=True)
    return (p.stdout, None) if p.returncode == 0 else (None, p.stderr.strip())


def third(n, x, w, cotangents):
    """What `grad(x, w); vjp(x, w)` gives: the gradients, and theirs along cotangents."""
    y = tuple(t + 0 * (x.sum() + w.sum()) for t in gradients(last)(n, x, w))
    again = torch.autograd.grad(y, (x, w), cotangents, create_graph=True, allow_unused=True)
    return (*y, *(torch.zeros_like(t) if g is None else g for g, t in zip(again, (x, w))))


def check(binary, folder, keep, name, text, transform, f, n):
    g = torch.Generator().manual_seed(len(name))
    r = lambda *s: torch.randn(*s, generator=g)
    x, w = r(3).requires_grad_(), (r(3, 3) * 0.7).requires_grad_()
    tensors = {"input.n": torch.tensor(n), "input.x": x, "input.w": w}
    if transform:
        text, why = emitted(binary, folder, text, transform)
        if why:
            return why
    if f is None:
        ct = (r(3), r(3, 3))
        tensors.update({"input.cotangents_1": ct[0], "input.cotangents_2": ct[1]})
        outputs = third(torch.tensor(n), x, w, ct)
    else:
        outputs = flat(f(torch.tensor(n), x, w))
    tangents = {}
    for k, y in enumerate(outputs):
        tensors[f"output.{k}"] = y
        if y.is_floating_point() and y.requires_grad:
            tangents[k] = tensors[f"tangent.{k}"] = r(*y.shape)
    grads = torch.autograd.grad([outputs[k] for k in tangents], (x, w), list(tangents.values()), allow_unused=True)
    for at, t, d in (("x", x, grads[0]), ("w", w, grads[1])):
        tensors[f"grad.{at}"] = torch.zeros_like(t) if d is None else d
    tensors = {k: t.detach().clone().contiguous() for k, t in tensors.items()}
    stem = os.path.join(keep or folder, name)
    open(stem + ".fx", "w").write(text)
    save_file(tensors, stem + ".safetensors", {"requires_grad": "x,w"})
    out = os.path.join(folder, "o.safetensors")
    p = subprocess.run([binary, "run", stem + ".fx", "--data", stem + ".safetensors", "--out", out],
                       capture_output=True, text=True)
    if p.returncode:
        return p.stderr.strip() or f"exit {p.returncode}"
    got = load_file(out)
    for k, want in tensors.items():
        if not k.startswith(("output.", "grad.")):
            continue
        have = got.get(k)
        if have is None and k.startswith("grad.") and not want.any():
            continue
        if have is None or have.shape != want.shape or not torch.allclose(have.double(), want.double(), rtol=1e-9, atol=1e-10):
            return f"{k}: {have}, expected {want}"
    return None


def main():
    p = argparse.ArgumentParser()
    p.add_argument("binary")
    p.add_argument("--only", default="")
    p.add_argument("--keep")
    a = p.parse_args()
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in cases():
            if a.only not in case[0]:
                continue
            why = check(a.binary, folder, a.keep, *case)
            count += 1
            failed += why is not None
            print(f"{'ok' if why is None else 'not ok'} {count} - {case[0]}")
            if why is not None:
                print("\n".join("# " + l for l in str(why).splitlines()))
    print(f"1..{count}")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
