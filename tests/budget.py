#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The memory budget: met or refused, a smaller one never with a larger peak, gradients always the same bits, dropout
included. Standard library only; prints TAP.

usage: budget.py PROGRAM TESTS_FOLDER
"""
import array, json, os, random, re, struct, subprocess, sys, tempfile

PROGRAM, TESTS = (os.path.abspath(p) for p in sys.argv[1:3])
count = bad = 0


def case(name, good, why=""):
    global count, bad
    count += 1
    bad += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}{'' if good else ': ' + str(why)[:300]}", flush=True)


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=300)


class Program:
    """FX text with inputs of random numbers."""

    def __init__(self):
        self.inputs, self.lines = {}, []

    def input(self, name, *shape):
        self.inputs[name] = shape
        return name

    def line(self, text):
        name = f"v{len(self.lines)}"
        self.lines.append(f"        {name} = {text}")
        return name

    def write(self, folder, name, result):
        signature = ", ".join(f'{k}: "f32[{", ".join(map(str, s))}]"' for k, s in self.inputs.items())
        fx, data = (os.path.join(folder, name + end) for end in (".fx", ".safetensors"))
        with open(fx, "w") as f:
            f.write(f"class GraphModule(torch.nn.Module):\n    def forward(self, {signature}):\n" + "\n".join(self.lines) + f"\n        return ({result},)\n")
        head, body, r = {"__metadata__": {"requires_grad": ",".join(k for k in self.inputs if k != "x")}}, b"", random.Random(1)
        for key, shape in self.inputs.items():
            n = 1
            for size in shape:
                n *= size
            raw = array.array("f", (r.gauss(0, 0.3) for _ in range(n))).tobytes()
            head["input." + key] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + len(raw)]}
            body += raw
        text = json.dumps(head).encode()
        with open(data, "wb") as f:
            f.write(struct.pack("<Q", len(text)) + text + body)
        return fx, data


def mlp(folder):
    p = Program()
    h = p.input("x", 96, 32)
    for i in range(10):
        m = p.line(f"torch.ops.aten.addmm.default({p.input(f'b{i}', 32)}, {h}, {p.input(f'w{i}', 32, 32)})")
        d = p.line(f"torch.ops.aten.native_dropout.default({p.line(f'torch.ops.aten.gelu.default({m})')}, 0.25, True)")
        h = p.line(f"{p.line(f'{d}[0]')} + {h}")
    return p.write(folder, "mlp", p.line(f"torch.ops.aten.sum.default({h})"))


def transformer(folder):
    p = Program()
    h = p.input("x", 4, 24, 32)
    for i in range(5):
        n = p.line(f"torch.ops.aten.layer_norm.default({h}, [32], {p.input(f'g{i}', 32)}, {p.input(f'b{i}', 32)})")
        q, k, v = (p.line(f"torch.ops.aten.transpose.int({p.line(f'torch.ops.aten.view.default({m}, [4, 24, 2, 16])')}, 1, 2)")
                   for m in (p.line(f"torch.ops.aten.linear.default({n}, {p.input(f'w{c}{i}', 32, 32)})") for c in "qkv"))
        a = p.line(f"torch.ops.aten.scaled_dot_product_attention.default({q}, {k}, {v}, None, 0.0, True)")
        a = p.line(f"torch.ops.aten.reshape.default({p.line(f'torch.ops.aten.transpose.int({a}, 1, 2)')}, [4, 24, 32])")
        h = p.line(f"{p.line(f'torch.ops.aten.dropout.default({a}, 0.1, True)')} + {h}")
        f = p.line(f"torch.ops.aten.gelu.default({p.line(f'torch.ops.aten.linear.default({h}, ' + p.input(f'u{i}', 128, 32) + ')')})")
        h = p.line(f"{p.line(f'torch.ops.aten.linear.default({f}, ' + p.input(f'd{i}', 32, 128) + ')')} + {h}")
    return p.write(folder, "transformer", p.line(f"torch.ops.aten.sum.default({p.line(f'{h} * {h}')})"))


def convolutions(folder):
    p = Program()
    h = p.input("x", 4, 8, 16, 16)
    for i in range(6):
        c = p.line(f"torch.ops.aten.conv2d.default({h}, {p.input(f'w{i}', 8, 8, 3, 3)}, None, [1, 1], [1, 1])")
        n = p.line(f"torch.ops.aten._native_batch_norm_legit.no_stats({c}, {p.input(f'g{i}', 8)}, {p.input(f'b{i}', 8)}, True, 0.1, 1e-05)")
        h = p.line(f"{p.line(f'torch.ops.aten.relu.default(' + p.line(f'{n}[0]') + ')')} + {h}")
    return p.write(folder, "convolutions", p.line(f"torch.ops.aten.sum.default({p.line(f'{h} * {h}')})"))


SCAN = """class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[40, 8, 16]", h: "f32[8, 16]", w: "f32[16, 64]", u: "f32[64, 16]"):
        body = self.body
        loop = torch.ops.higher_order.scan(body, [h], [x], (w, u))
        last = loop[0]
        rows = loop[1]
        s = last.sum() + rows.sum()
        return (s,)

    class body(torch.nn.Module):
        def forward(self, h: "f32[8, 16]", x: "f32[8, 16]", w: "f32[16, 64]", u: "f32[64, 16]"):
            a = h + x
            m = torch.ops.aten.mm.default(a, w)
            g = torch.ops.aten.gelu.default(m)
            n = torch.ops.aten.mm.default(g, u)
            t = torch.ops.aten.tanh.default(n)
            return [t, t * x]
"""


def scan(folder):
    """A loop whose step keeps products for its backward, which a budget computes again."""
    p = Program()
    for name, shape in (("x", (40, 8, 16)), ("h", (8, 16)), ("w", (16, 64)), ("u", (64, 16))):
        p.input(name, *shape)
    fx, data = p.write(folder, "scan", "h")
    with open(fx, "w") as f:
        f.write(SCAN)
    return fx, data


LOOP = """class GraphModule(torch.nn.Module):
    def forward(self, w: "f32[64]", h: "f32[64]"):
        condition = self.condition
        body = self.body
        start = torch.ops.aten.zeros.default([], dtype = torch.int64)
        loop = torch.ops.higher_order.while_loop(condition, body, (start, h), (w,))
        last = loop[1]
        s = last.sum()
        return (s,)

    class condition(torch.nn.Module):
        def forward(self, i: "i64[]", h: "f32[64]", w: "f32[64]"):
            more = i < 300
            return more

    class body(torch.nn.Module):
        def forward(self, i: "i64[]", h: "f32[64]", w: "f32[64]"):
            next = i + 1
            m = h * w
            a = m + 0.1
            t = torch.ops.aten.tanh.default(a)
            return (next, t)
"""


def tensors(raw):
    """The f32 tensors of a safetensors file."""
    size = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8:8 + size])
    return {k: array.array("f", raw[8 + size + v["data_offsets"][0]:8 + size + v["data_offsets"][1]])
            for k, v in head.items() if k != "__metadata__" and v["dtype"] == "F32"}


def segments(folder):
    """A loop of unknown length goes in segments: the same gradients, summed in another order."""
    p = Program()
    p.input("w", 64), p.input("h", 64)
    fx, data = p.write(folder, "loop", "h")
    with open(fx, "w") as f:
        f.write(LOOP)
    budgets = (0, 1 << 20, 16384, 8192)
    found = [results(fx, data, folder, b) for b in budgets]
    case("segments: the loop runs at every budget", all(isinstance(f, bytes) for f in found), found)
    if not all(isinstance(f, bytes) for f in found):
        return
    found = [tensors(f) for f in found]
    worst = max(abs(x - y) for f in found[1:] for k in found[0] for x, y in zip(found[0][k], f[k]))
    case("segments: the same results and gradients", "grad.w" in found[0] and worst < 1e-5, worst)
    text = run("compile", fx, "--data", data, "--emit", "forward", "--memory-budget", 8192).stdout
    case("segments: a loop in a loop", text.count("class while_loop_cond_graph") == 2, text)


def bodies(folder):
    return os.path.join(TESTS, "programs/invoke_twice.fx"), os.path.join(TESTS, "programs/invoke_twice.safetensors")


def model(name):
    return lambda folder: (os.path.join(TESTS, f"models/{name}.fx"), os.path.join(TESTS, f"models/{name}.safetensors"))


def stats(fx, data, budget):
    p = run("compile", fx, "--data", data, "--threads", 2, "--stats", *(["--memory-budget", budget] if budget else []))
    return json.loads(p.stdout.splitlines()[-1]) if p.returncode == 0 else p


def results(fx, data, folder, budget, *extra):
    out = os.path.join(folder, "out.safetensors")
    p = run("run", fx, "--data", data, "--threads", 2, "--seed", 3, "--out", out, *(["--memory-budget", budget] if budget else []))
    return open(out, "rb").read() if p.returncode == 0 else p.stderr


def check(name, make, folder, saves):
    # Nodes of a loop's step are in its body: there the kernels of all iterations are counted.
    work = (lambda s: s["kernels"]) if name == "scan" else (lambda s: s["nodes"]["backward"])
    fx, data = make(folder)
    free, refused = stats(fx, data, 0), stats(fx, data, 1)
    words = re.search(r"error: a memory budget of 1 bytes cannot be met: the least is (\d+)$", getattr(refused, "stderr", "").strip())
    case(f"{name}: a budget that is too small is refused, the least named", words and refused.returncode == 1, refused)
    if not words:
        return
    least, peak = int(words[1]), free["peak_bytes"]
    case(f"{name}: computing again saves {saves} %", least <= peak * (100 - saves) / 100, (least, peak))
    budgets = sorted({peak - (peak - least) * i // 6 for i in range(7)} | {peak + 1000}, reverse=True)
    plans = [stats(fx, data, b) for b in budgets]
    case(f"{name}: each budget down to the least is met", all(isinstance(s, dict) and s["peak_bytes"] <= b for s, b in zip(plans, budgets)), plans)
    plans = [s for s in plans if isinstance(s, dict)]
    case(f"{name}: a smaller budget has no larger peak", all(a["peak_bytes"] >= b["peak_bytes"] for a, b in zip(plans, plans[1:])))
    case(f"{name}: and computes no less again", all(work(a) <= work(b) for a, b in zip(plans, plans[1:])), plans)
    names = [{v["name"] for v in s["saved"]} for s in plans]
    case(f"{name}: what it saves is part of what a larger one saves", all(a >= b for a, b in zip(names, names[1:])))
    case(f"{name}: without need nothing is computed again", plans and plans[0]["nodes"] == free["nodes"])
    below = stats(fx, data, least - 1)
    case(f"{name}: one byte below the least is refused", getattr(below, "returncode", 0) == 1)
    expected = results(fx, data, folder, 0)
    different = [b for b in budgets if results(fx, data, folder, b) != expected]
    case(f"{name}: the same bits at every budget", isinstance(expected, bytes) and not different, different or expected)


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name, make, saves in (("mlp", mlp, 15), ("transformer", transformer, 20), ("convolutions", convolutions, 10), ("bodies", bodies, 0), ("scan", scan, 15),
                                  ("gpt2", model("gpt2"), 3), ("resnet18", model("resnet18"), 0), ("lstm", model("lstm"), 0)):
            check(name, make, folder, saves)
        segments(folder)
    print(f"1..{count}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
