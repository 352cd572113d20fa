#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What an iteration of a loop costs: cotangent's scan, PyTorch's eager loop, torch.compile, JAX's lax.scan.

usage: loops.py PROGRAM [--jax PYTHON] [--seconds 1] [--rounds 2] [--no-compile] [--no-unrolled]
                [--only NAME]
Each side runs on one thread. `unrolled` is torch.compile of the loop written out, `scan` torch.compile of PyTorch's scan. `scalars N` carries N numbers over items of one number; `rnn T` is a recurrent net of T
steps (batch 16, 64 units). Forward alone and forward with backward, nanoseconds for an iteration, each side's best
median over the rounds; the gradients must agree. --jax names a Python that has jax; without it the column is empty.
Needs torch, safetensors.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

CASES = [("scalars", 4, 10000), ("scalars", 60, 10000), ("rnn", 128, 128), ("rnn", 512, 512), ("rnn", 1024, 1024),
         ("rnn", 4096, 4096)]
BATCH, UNITS = 16, 64
EAGER_ITEMS = 512  # of the loop in Python, which costs the same for each
UNROLLED_ITEMS = 64  # of the same loop written out by torch.compile


def median(run, seconds):
    run()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


# ---- JAX, in a Python of its own ------------------------------------------------------------------------------------


def jax_worker(seconds, only):
    import jax
    import jax.numpy as jnp
    for kind, size, items in CASES:
        if only and only != f"{kind} {size}":
            continue
        if kind == "scalars":
            def loss(carries, x):
                def step(c, x):
                    c = tuple(v * 0.9 + x for v in c)
                    return c, c[0] * x
                c, y = jax.lax.scan(step, carries, x)
                return sum(c) + y.sum()
            args = (tuple(jnp.float32(i * 0.01) for i in range(size)), jnp.linspace(-1, 1, items, dtype=jnp.float32))
            wrt = (0, 1)
        else:
            def loss(h, x, w, u, b):
                def step(h, x):
                    h = jnp.tanh(h @ w + x @ u + b)
                    return h, h
                return jax.lax.scan(step, h, x)[1].sum()
            k = jax.random.PRNGKey(0)
            args = (jnp.zeros((BATCH, UNITS)), jax.random.normal(k, (items, BATCH, UNITS)),
                    jax.random.normal(k, (UNITS, UNITS)) / UNITS**0.5, jax.random.normal(k, (UNITS, UNITS)) / UNITS**0.5,
                    jnp.zeros(UNITS))
            wrt = (0, 1, 2, 3, 4)
        forward, both = jax.jit(loss), jax.jit(jax.value_and_grad(loss, argnums=wrt))
        row = {"name": f"{kind} {size}"}
        row["forward"] = median(lambda: jax.block_until_ready(forward(*args)), seconds) / items * 1e9
        row["both"] = median(lambda: jax.block_until_ready(both(*args)), seconds) / items * 1e9
        row["version"] = jax.__version__
        print(json.dumps(row), flush=True)


# ---- ours -----------------------------------------------------------------------------------------------------------


def scalars_text(size, items):
    names = [f"c{i}" for i in range(size)]
    inputs = ", ".join(f'{n}: "f32[]"' for n in names)
    lines = ["class GraphModule(torch.nn.Module):", f'    def forward(self, {inputs}, x: "f32[{items}]"):',
             "        body_0 = self.body_0",
             f"        scan = torch.ops.higher_order.scan(body_0, [{', '.join(names)}], [x], ())"]
    lines += [f"        g{i} = scan[{i}]" for i in range(size + 1)]
    lines += [f"        y = g{size}.sum()", f"        c = torch.ops.aten.stack.default([{', '.join(f'g{i}' for i in range(size))}])",
              "        s = c.sum()", "        r = s + y", "        return (r,)", "",
              "    class body_0(torch.nn.Module):", f'        def forward(self, {inputs}, x: "f32[]"):']
    for i in range(size):
        lines += [f'            m{i}: "f32[]" = torch.ops.aten.mul.Tensor(c{i}, 0.9)',
                  f'            a{i}: "f32[]" = torch.ops.aten.add.Tensor(m{i}, x)']
    lines += ['            y: "f32[]" = torch.ops.aten.mul.Tensor(a0, x)',
              f"            return [{', '.join(f'a{i}' for i in range(size))}, y]", ""]
    return "\n".join(lines)


def rnn_text(items):
    h, x, w = f"f32[{BATCH}, {UNITS}]", f"f32[{items}, {BATCH}, {UNITS}]", f"f32[{UNITS}, {UNITS}]"
    return f'''class GraphModule(torch.nn.Module):
    def forward(self, h: "{h}", x: "{x}", w: "{w}", u: "{w}", b: "f32[{UNITS}]"):
        body_0 = self.body_0
        scan = torch.ops.higher_order.scan(body_0, [h], [x], (w, u, b))
        g1: "{x}" = scan[1]
        s: "f32[]" = torch.ops.aten.sum.default(g1)
        return (s,)

    class body_0(torch.nn.Module):
        def forward(self, h: "{h}", x: "{h}", w: "{w}", u: "{w}", b: "f32[{UNITS}]"):
            m: "{h}" = torch.ops.aten.mm.default(h, w)
            n: "{h}" = torch.ops.aten.mm.default(x, u)
            a: "{h}" = torch.ops.aten.add.Tensor(m, n)
            c: "{h}" = torch.ops.aten.add.Tensor(a, b)
            t: "{h}" = torch.ops.aten.tanh.default(c)
            y: "{h}" = torch.ops.aten.clone.default(t)
            return [t, y]
'''


def ours(program, text, data, names, seconds, items, folder):
    from safetensors.torch import save_file
    path = os.path.join(folder, "p")
    with open(path + ".fx", "w") as f:
        f.write(text)
    row = {}
    for mode in ("forward", "both"):
        save_file(data, path + ".safetensors", {"requires_grad": ",".join(names)})
        command = [program, "bench", path + ".fx", "--data", path + ".safetensors", "--seconds", str(seconds),
                   "--threads", "1"] + (["--infer"] if mode == "forward" else [])
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"{mode}: {run.stderr.strip()}")
        answer = json.loads(run.stdout.strip().splitlines()[-1])
        row[mode] = answer["step_ms_median"] / items * 1e6
        if mode == "both":
            row["norm"], row["compile_ms"] = answer["grad_norm"], answer["compile_ms"]
    return row


# ---- PyTorch --------------------------------------------------------------------------------------------------------


def torch_loss(kind, operator):
    import torch
    from torch._higher_order_ops.scan import scan

    def scalars(x, *c):
        if operator:
            c, y = scan(lambda c, x: (tuple(v * 0.9 + x for v in c), (c[0] * 0.9 + x) * x), tuple(c), x)
            return sum(c) + y.sum()
        total = 0
        for k in range(len(x)):
            c = tuple(v * 0.9 + x[k] for v in c)
            total = total + c[0] * x[k]
        return sum(c) + total

    def rnn(x, h, w, u, b):
        if operator:
            return scan(lambda h, x: (torch.tanh(h @ w + x @ u + b), torch.tanh(h @ w + x @ u + b)), h, x)[1].sum()
        total = 0
        for k in range(len(x)):
            h = torch.tanh(h @ w + x[k] @ u + b)
            total = total + h.sum()
        return total

    return scalars if kind == "scalars" else rnn


def theirs(loss, leaves, seconds, items):
    import torch
    x = leaves["x"][:items]
    inputs = [v for n, v in leaves.items() if n != "x"]

    def both():
        torch.autograd.grad(loss(x, *inputs), [leaves["x"], *inputs], allow_unused=True)

    def forward():
        with torch.no_grad():
            loss(x, *inputs)

    return {"forward": median(forward, seconds) / items * 1e9, "both": median(both, seconds) / items * 1e9}


# ---- the table ------------------------------------------------------------------------------------------------------


def data_of(kind, size, items):
    import torch
    torch.manual_seed(0)
    if kind == "scalars":
        return {**{f"c{i}": torch.tensor(i * 0.01) for i in range(size)}, "x": torch.linspace(-1, 1, items)}
    return {"h": torch.zeros(BATCH, UNITS), "x": torch.randn(items, BATCH, UNITS), "b": torch.zeros(UNITS),
            "w": torch.randn(UNITS, UNITS) / UNITS**0.5, "u": torch.randn(UNITS, UNITS) / UNITS**0.5}


def agree(kind, data, items, norm):
    """The gradients' norm in PyTorch, where its loop is short enough to be waited for."""
    import torch
    if items > 10000:
        return
    leaves = {n: v.clone().requires_grad_() for n, v in data.items()}
    loss = torch_loss(kind, False)(leaves["x"], *(v for n, v in leaves.items() if n != "x"))
    grads = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
    want = sum(float(g.double().pow(2).sum()) for g in grads if g is not None) ** 0.5
    if abs(want - norm) > 1e-3 * want:
        sys.exit(f"gradients differ: norm {norm}, expected {want}")


def order(kind, data):
    names = [n for n in data if n != "x"] if kind == "scalars" else ["h", "w", "u", "b"]
    return {"x": data["x"], **{n: data[n] for n in names}}


def measure(a, kind, size, items, folder):
    import torch
    data = order(kind, data_of(kind, size, items))
    text = scalars_text(size, items) if kind == "scalars" else rnn_text(items)
    rows = {"ours": ours(a.program, text, {"input." + n: v for n, v in data.items()}, list(data), a.seconds, items,
                         folder)}
    if a.check:
        agree(kind, data, items, rows["ours"]["norm"])
    short = {**data, "x": data["x"][:EAGER_ITEMS]}
    leaves = {n: v.clone().requires_grad_() for n, v in short.items()}
    rows["eager"] = theirs(torch_loss(kind, False), leaves, a.seconds, len(short["x"]))
    if not a.no_compile:
        for name, operator in (("unrolled", False), ("scan", True)):
            torch._dynamo.reset()
            few = {**data, "x": data["x"][:EAGER_ITEMS if operator else UNROLLED_ITEMS]}
            leaves = {n: v.clone().requires_grad_() for n, v in few.items()}
            torch._dynamo.config.capture_scalar_outputs = True  # its scan asks for it
            if name == "unrolled" and a.no_unrolled:
                continue
            try:
                start = time.perf_counter()
                rows[name] = theirs(torch.compile(torch_loss(kind, operator)), leaves, a.seconds, len(few["x"]))
                print(f"# {kind} {size} {name}: {time.perf_counter() - start:.0f} s with compiling", flush=True)
            except Exception as error:
                print(f"# {kind} {size} {name}: {str(error).strip().splitlines()[0][:100]}", flush=True)
    return rows


def best(old, new):
    for side, row in new.items():
        for mode in ("forward", "both"):
            known = old.setdefault(side, {}).get(mode)
            old[side][mode] = row[mode] if known is None else min(known, row[mode])
    return old


def main():
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("--jax", help="a Python that has jax")
    p.add_argument("--seconds", type=float, default=1)
    p.add_argument("--rounds", type=int, default=2)
    p.add_argument("--no-compile", action="store_true")
    p.add_argument("--no-unrolled", action="store_true", help="torch.compile takes minutes for it")
    p.add_argument("--no-check", dest="check", action="store_false")
    p.add_argument("--only")
    p.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    a = p.parse_args()
    if a.worker:
        return jax_worker(a.seconds, a.only)
    import torch
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    table = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(a.rounds):
            for kind, size, items in CASES:
                name = f"{kind} {size}"
                if not a.only or a.only == name:
                    best(table.setdefault(name, {}), measure(a, kind, size, items, folder))
            if a.jax:
                environment = {**os.environ, "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"}
                command = [a.jax, os.path.abspath(__file__), "-", "--worker", "--seconds", str(a.seconds)]
                run = subprocess.run(command + (["--only", a.only] if a.only else []), capture_output=True, text=True,
                                     env=environment)
                for line in run.stdout.splitlines():
                    row = json.loads(line)
                    best(table.setdefault(row["name"], {}), {"jax": row})
    sides = ["ours", "eager", "unrolled", "scan", "jax"]
    print(f"torch {torch.__version__}; nanoseconds for an iteration, forward / forward and backward")
    print("| loop | " + " | ".join(sides) + " |")
    print("| --- |" + " --- |" * len(sides))
    for name, rows in table.items():
        cells = [f"{rows[s]['forward']:,.0f} / {rows[s]['both']:,.0f}" if s in rows else "" for s in sides]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
