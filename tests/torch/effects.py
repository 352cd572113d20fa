#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the cases of tests/programs whose names begin with effect_ or write_: programs that print, check data, or write from
inside of bodies, as torch.export and AOTAutograd print them, with what PyTorch computes for them.

usage: effects.py DIR       needs torch
"""
import contextlib, io, os, re, sys, warnings
import torch
from functorch.compile import make_boxed_func
from safetensors.torch import save_file
from torch._dynamo.backends.common import aot_autograd
from torch._higher_order_ops.map import map as torch_map
from torch._higher_order_ops.scan import scan
from torch._higher_order_ops.while_loop import while_loop

warnings.filterwarnings("ignore")
OUT = sys.argv[1]
hop_print = torch._higher_order_ops.print
torch.manual_seed(3)
X, Y = torch.randn(2, 3), torch.randn(6)


def save(name, text, data, grads=(), prints=None):
    with open(os.path.join(OUT, name + ".fx"), "w") as f:
        f.write(re.sub(r"File: \S*/(\w+\.py)", r"File: \1", text))
    meta = {"requires_grad": ",".join(grads)}
    if prints is not None:
        meta["prints"] = prints
    save_file({k: v.detach().clone().contiguous() for k, v in data.items()}, os.path.join(OUT, name + ".safetensors"), metadata=meta)


def run(f, names, args, grads):
    """Outputs, tangents, gradients and final values of f on copies of the inputs; what it printed."""
    leaves = [a.detach().clone().requires_grad_(n in grads) for n, a in zip(names, args)]
    before = [x.detach().clone() for x in leaves]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        results = f(*leaves)
    results = results if isinstance(results, tuple) else (results,)
    data, total = {f"input.{n}": a for n, a in zip(names, args)}, 0
    for k, r in enumerate(results):
        data[f"output.{k}"] = r
        if r.requires_grad:
            data[f"tangent.{k}"] = torch.randn_like(r)
            total = total + (r * data[f"tangent.{k}"]).sum()
    if grads:
        total.backward()
    for n, x, old in zip(names, leaves, before):
        if x.grad is not None:
            data[f"grad.{n}"] = x.grad
        if not torch.equal(x.detach(), old):
            data[f"final.{n}"] = x
    return data, printed.getvalue()


def export(name, f, args, grads=(), decomposed=False, prints=False, strict=True):
    class Module(torch.nn.Module):
        def forward(self, *a):
            return f(*a)

    with contextlib.redirect_stdout(io.StringIO()), torch.set_grad_enabled(bool(grads)):
        program = torch.export.export(Module(), args, strict=strict)
        if decomposed:
            program = program.run_decompositions()
    names = [s.arg.name for s in program.graph_signature.input_specs if s.kind.name == "USER_INPUT"]
    with torch.set_grad_enabled(bool(grads)):
        data, printed = run(f, names, args, grads)
    data.update({k: v for k, v in program.constants.items() if isinstance(v, torch.Tensor)})
    save(name, str(program), data, grads, None if not prints else prints if isinstance(prints, str) else printed)


def stage(name, f, args):
    """The graph that AOTAutograd hands to a compiler where nothing is differentiated."""
    seen = []

    def compiler(graph, example):
        order = [next(i for i, a in enumerate(args) if a.shape == e.shape) for e in example]
        seen.append((graph.print_readable(print_output=False), order))
        return make_boxed_func(graph.forward)

    torch._dynamo.reset()
    with torch.no_grad():
        torch.compile(f, backend=aot_autograd(fw_compiler=compiler, keep_inference_input_mutations=True))(*[a.clone() for a in args])
        text, order = seen[0]
        names = [f"arg{order.index(i)}_1" for i in range(len(args))]
        data, _ = run(f, names, args, ())
    save(name, text, data)


# ---- printing and checking


def texts(x):
    torch.ops.aten._print("before")
    z = x * 2
    torch.ops.aten._print("behind")
    return (z * z).sum()


def formats(x, y):
    s = x.detach().sum(1)
    hop_print("rows {} of {n}, half {h:.3f}, {{}} {flag}", s, n=3, h=0.5, flag=True)
    z = (x.view(-1) * y).relu()
    hop_print("{z} {total:.4f}", z=z.detach() * 1000000, total=x.detach().sum())
    return z.sum() * x.sum(1)


def tensors(x, y):
    hop_print("{}", x > 0)
    hop_print("{}", (x * 100).to(torch.int64))
    hop_print("{}", x.to(torch.float64))
    hop_print("{}", torch.arange(2400, dtype=torch.float32).view(30, 4, 20))
    hop_print("{}", torch.arange(3000))
    hop_print("{} {}", x[:0], x.sum())
    hop_print("{}", y.reshape(1, 2, 3) * 1e-6)
    hop_print("{}", torch.full((2, 20), 7.0))
    hop_print("{}", (y * 10).round().to(torch.int32))
    return x * 2


def in_branches(x, y):
    def yes(x, y):
        torch.ops.aten._print("yes")
        return x.sin() * y.sum()

    def no(x, y):
        torch.ops.aten._print("no")
        return x.cos() * y.mean()

    return torch.cond(y.sum() > 0, yes, no, (x, y)).sum()


def in_scan(x, y):
    def step(c, v):
        torch.ops.aten._print("step")
        return c + v, (c * v).sin()

    last, all = scan(step, y[:3], x, dim=0)
    return last.sum() + all.sum()


def checked(x, y):
    torch.ops.aten._assert_async.msg(y.sum() > -1000, "too small")
    return (x * y.sum()).sum()


# ---- writing from inside of bodies


def write_cond(x, y):
    a = x.clone()

    def yes(a, y):
        a.add_(1)
        return y.sin() * a.view(-1)

    def no(a, y):
        a[0].mul_(2)
        return y.cos() * a.view(-1)

    return torch.cond(y.sum() > 0, yes, no, (a, y)) + a.view(-1)


def write_cond_inputs(x, y):
    def yes(a, y):
        a[0].add_(1)
        return y.sin()

    def no(a, y):
        y.mul_(2)
        return y.cos()

    return torch.cond(y.sum() > 0, yes, no, (x, y)) + y, x * 2


def write_nested(x, y):
    def yes(a, y):
        def deep(a, y):
            a.mul_(3)
            return y.sin()

        def flat(a, y):
            return y.clone()

        return torch.cond(a.sum() > 0, deep, flat, (a, y))

    def no(a, y):
        y.sub_(1)
        return y.cos()

    return torch.cond(y.sum() < 1000, yes, no, (x, y)), x + 1


def write_while(x, y):
    buffer = torch.zeros(3)

    def body(i, a):
        buffer.add_(a.sum(0))
        return i + 1, a * 0.5

    r = while_loop(lambda i, a: i < 4, body, (torch.tensor(0), x))
    return r[1], buffer


def write_while_view(x, y):
    def body(i, a):
        y[:3].add_(a.sum(0))
        return i + 1, a * y[0]

    return while_loop(lambda i, a: i < 3, body, (torch.tensor(0), x))[1]


def write_scan(x, y):
    def step(c, v):
        y.add_(v.sum())
        return c + v, c * y[:3]

    r = scan(step, torch.zeros(3), x, dim=0)
    return r[0], r[1], y * 2


def write_map(x, y):
    z = x.clone()

    def f(r, y):
        r.mul_(2)
        return r.sum() * y

    return torch_map(f, z, y), z


def write_map_inputs(x, y):
    def f(r, y):
        r[0] = 5
        return r.sum() * y

    return torch_map(f, x, y)


# aten._print writes past Python
export("effect_print", texts, (X,), ("a_0",), prints="before\nbehind\n")
export("effect_print_token", texts, (X,), ("a_0",), decomposed=True, prints="before\nbehind\n")
export("effect_format", formats, (X, Y), ("a_0", "a_1"), prints=True, strict=False)
export("effect_format_token", formats, (X, Y), ("a_0", "a_1"), decomposed=True, prints=True, strict=False)
export("effect_tensors", tensors, (X, Y), (), prints=True, strict=False)
export("effect_cond", in_branches, (X, Y), ("a_0", "a_1"), prints="yes\n" if Y.sum() > 0 else "no\n")
export("effect_scan", in_scan, (X, Y), ("a_0", "a_1"), prints="step\nstep\n")
export("effect_assert", checked, (X, Y), ("a_0", "a_1"))
for f in (write_cond, write_cond_inputs, write_nested, write_while, write_while_view, write_scan, write_map, write_map_inputs):
    export(f.__name__, f, (X, Y))
    if f not in (write_while, write_while_view):  # whose stage has a constant without data
        stage(f.__name__ + "_stage", f, (X, Y))
