#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random programs of nested control operators, exported by PyTorch, against the same programs in plain Python.

usage: control.py PROGRAM [--count N] [--seed S] [--keep DIR]
A program is an expression over vectors, in which cond, map, scan, while_loop and associative_scan stand in each other's
bodies and capture outer values. torch.export writes it down with the real operators; PyTorch's autograd differentiates
it with Python's own `if`, `for` and `while`, which also covers what PyTorch itself cannot differentiate. Our results
must be the same; so must those of the printed forward and backward, run as the Python that they are. Prints TAP; a
program that PyTorch does not export is skipped. Needs torch, safetensors.
"""
import argparse, math, os, random, re, subprocess, sys, tempfile, warnings
import torch
from safetensors.torch import load_file, save_file
from torch._higher_order_ops.associative_scan import associative_scan
from torch._higher_order_ops.map import map as map_impl
from torch._higher_order_ops.scan import scan
from torch._higher_order_ops.while_loop import while_loop

warnings.filterwarnings("ignore")
WIDTH = 4


def fresh(x):
    """Bodies may not return what they take."""
    return x * 1.0


class Real:
    """PyTorch's operators."""

    @staticmethod
    def cond(predicate, yes, no):
        return torch.cond(predicate, lambda: fresh(yes()), lambda: fresh(no()), ())

    @staticmethod
    def map(body, xs):
        return map_impl(lambda x: fresh(body(x)), xs)

    @staticmethod
    def scan(body, init, xs, reverse):
        return scan(lambda c, x: tuple(map(fresh, body(c, x))), init, xs, dim=0, reverse=reverse)

    @staticmethod
    def loop(body, init, times):
        start = torch.zeros((), dtype=torch.int64)
        return while_loop(lambda i, c: i < times, lambda i, c: (i + 1, fresh(body(i, c))), (start, init))[1]

    @staticmethod
    def prefixes(combine, xs, reverse):
        return associative_scan(lambda a, b: fresh(combine(a, b)), xs, 0, reverse=reverse)


class Plain:
    """The same in Python."""

    @staticmethod
    def cond(predicate, yes, no):
        return yes() if bool(predicate) else no()

    @staticmethod
    def map(body, xs):
        return torch.stack([body(x) for x in xs])

    @staticmethod
    def scan(body, init, xs, reverse):
        carry, out = init, []
        for x in (xs.flip(0) if reverse else xs):
            carry, y = body(carry, x)
            out.append(y)
        return carry, torch.stack(out[::-1] if reverse else out)

    @staticmethod
    def loop(body, init, times):
        for i in range(times):
            init = body(torch.tensor(i), init)
        return init

    @staticmethod
    def prefixes(combine, xs, reverse):
        xs = xs.flip(0) if reverse else xs
        out = [xs[0]]
        for x in xs[1:]:
            out.append(combine(out[-1], x))
        return torch.stack(out[::-1] if reverse else out)


def pick(r, depth, values):
    """A random expression: a function (kit, values, matrix) → vector. `values` is how many it may read."""
    if depth == 0:
        i = r.randrange(values)
        return lambda kit, v, m: v[i]
    kind = r.choice(["unary", "unary", "binary", "binary", "matrix", "cond", "map", "scan", "loop", "prefixes"])
    sub = lambda more=0, less=1: pick(r, depth - less, values + more)
    if kind == "unary":
        f, a = r.choice([torch.sin, torch.tanh, torch.sigmoid, lambda x: x * 0.7 + 0.1]), sub()
        return lambda kit, v, m: f(a(kit, v, m))
    if kind == "binary":
        f, a, b = r.choice([torch.add, torch.mul, torch.sub, torch.maximum]), sub(), sub()
        return lambda kit, v, m: f(a(kit, v, m), b(kit, v, m))
    if kind == "matrix":
        a = sub()
        return lambda kit, v, m: a(kit, v, m) @ m
    if kind == "cond":
        p, a, b, bound = sub(), sub(), sub(), r.uniform(-1, 1)
        return lambda kit, v, m: kit.cond(p(kit, v, m).sum() > bound, lambda: a(kit, v, m), lambda: b(kit, v, m))
    parts = [sub() for _ in range(r.randint(1, 4))]
    stack = lambda kit, v, m: torch.stack([torch.tanh(p(kit, v, m)) for p in parts])
    if kind == "map":
        body = sub(1)
        return lambda kit, v, m: kit.map(lambda x: body(kit, [*v, x], m), stack(kit, v, m)).sum(0)
    if kind == "scan":
        init, step, give, reverse = sub(), sub(2), sub(2), r.random() < 0.5

        def run_scan(kit, v, m):
            both = lambda c, x: (torch.tanh(step(kit, [*v, c, x], m)), give(kit, [*v, c, x], m))
            carry, out = kit.scan(both, init(kit, v, m) * 1.0, stack(kit, v, m), reverse)
            return carry + out.sum(0)

        return run_scan
    if kind == "loop":
        init, step, times = sub(), sub(1), r.randrange(4)
        body = lambda kit, v, m: lambda i, c: torch.tanh(step(kit, [*v, c], m)) + i * 0.1
        return lambda kit, v, m: kit.loop(body(kit, v, m), init(kit, v, m) * 1.0, times)
    captured, reverse = r.randrange(values), r.random() < 0.5
    combine = r.choice([lambda a, b, w: a * b, lambda a, b, w: a + b + a * b, lambda a, b, w: torch.maximum(a, b),
                        lambda a, b, w: a * b * torch.sigmoid(w)])
    return lambda kit, v, m: kit.prefixes(lambda a, b: combine(a, b, v[captured]), stack(kit, v, m), reverse).sum(0)


class Program(torch.nn.Module):
    def __init__(self, expression, kit):
        super().__init__()
        self.expression, self.kit = expression, kit

    def forward(self, x, y, m):
        return self.expression(self.kit, [x, y], m)


# ---- printed stages -------------------------------------------------------------------------------------------------


def call(body, *operands):
    out = body.forward(*operands)
    return tuple(out) if isinstance(out, (list, tuple)) else (out,)


def run_scan(body, init, xs, additional):
    carry, rows = tuple(init), []
    for k in range(len(xs[0])):
        out = call(body, *carry, *(x[k] for x in xs), *additional)
        carry, row = out[:len(carry)], out[len(carry):]
        rows.append(row)
    return (*carry, *(torch.stack(column) for column in zip(*rows)))


def run_loop(stacks, condition, body, carries, additional):
    carry, rows = tuple(carries), []
    while bool(call(condition, *carry, *additional)[0]):
        carry = call(body, *carry, *additional)
        rows.append(carry)
    if not stacks:
        return carry
    return tuple(torch.stack(column) for column in zip(*(rows or [carry])))


def run_prefixes(body, xs, additional):
    rows = [tuple(x[0] for x in xs)]
    for k in range(1, len(xs[0])):
        rows.append(call(body, *rows[-1], *(x[k] for x in xs), *additional))
    return tuple(torch.stack(column) for column in zip(*rows))


OPERATORS = {
    "cond": lambda p, yes, no, operands: call(yes if bool(p) else no, *operands),
    "scan": run_scan,
    "while_loop": lambda *a: run_loop(False, *a),
    "while_loop_stack_output": lambda *a: run_loop(True, *a),
    "map_impl": lambda body, xs, more: tuple(map(torch.stack, zip(*(call(body, *r, *more) for r in zip(*xs))))),
    "associative_scan": run_prefixes,
    "invoke_subgraph": lambda body, identifier, *operands: call(body, *operands),
}


def stage(text):
    """A printed graph as (module, names of its inputs, names that it returns)."""
    text = text[text.index("class "):].split("\nGraph signature")[0]
    space = {"torch": torch, "device": torch.device, "inf": math.inf, "nan": math.nan}
    space.update({"_" + name: f for name, f in OPERATORS.items()})
    exec(re.sub(r"torch\.ops\.higher_order\.(\w+)\(", r"_\1(", text), space)

    def make(c):
        module = c()
        for name, inner in vars(c).items():
            if isinstance(inner, type):
                object.__setattr__(module, name, make(inner))
        return module

    head = re.search(r"def forward\(self(.*)\):", text).group(1)
    returned = re.search(r"^        return (.*)$", text, re.M).group(1)
    return make(space["GraphModule"]), re.findall(r"(\w+): \"", head), re.findall(r"\w+", returned)


def check_printed(program, path, inputs, tangent, want, grads):
    """Why the printed forward and backward do not give these results, or None."""
    printed = {}
    for name in ("forward", "backward"):
        run = subprocess.run([program, "compile", path + ".fx", "--data", path + ".safetensors", "--emit", name],
                             capture_output=True, text=True, timeout=60)
        if run.returncode:
            return f"{name} is not printed: {run.stderr.strip()[-200:]}"
        printed[name] = stage(run.stdout)
    forward, names, returned = printed["forward"]
    results = forward.forward(*inputs)
    if differ(want, results[0]):
        return "printed forward: " + differ(want, results[0])
    known = {**dict(zip(names, inputs)), **dict(zip(returned, results)), "tangents_1": tangent}
    backward, names, _ = printed["backward"]
    for grad, found in zip(grads, backward.forward(*(known[n] for n in names))):
        if grad is not None and differ(grad, found):
            return "printed backward: " + differ(grad, found)
    return None


def differ(want, found):
    if found is None:
        return "missing"
    scale = max(1.0, float(want.abs().max()))
    worst = float((want - found).abs().max())
    return None if worst <= 1e-9 * scale and want.shape == found.shape else f"largest difference {worst:.3g}"


def check(program, seed, folder):
    """None, 'skip why' or why the program fails."""
    r = random.Random(seed)
    expression = pick(r, 3, 2)
    torch.manual_seed(seed)
    inputs = [torch.randn(WIDTH, dtype=torch.float64), torch.randn(WIDTH, dtype=torch.float64),
              torch.randn(WIDTH, WIDTH, dtype=torch.float64) * 0.5]
    torch._dynamo.reset()
    try:
        exported = torch.export.export(Program(expression, Real), tuple(inputs), strict=True)
    except Exception as error:
        return "skip " + str(error).strip().split("\n")[0][:90]
    leaves = [t.clone().requires_grad_() for t in inputs]
    out = Program(expression, Plain)(*leaves)
    out = out * 1.0
    tangent = torch.randn_like(out)
    grads = torch.autograd.grad(out, leaves, tangent, allow_unused=True) if out.requires_grad else [None] * 3
    names = [s.arg.name for s in exported.graph_signature.input_specs if s.kind.name == "USER_INPUT"]
    data = {"input." + n: t.contiguous() for n, t in zip(names, inputs)}
    data.update({k: v for k, v in exported.constants.items() if isinstance(v, torch.Tensor)})
    data["tangent.0"] = tangent.contiguous()
    path = os.path.join(folder, f"control_{seed}")
    save_file({k: v.clone() for k, v in data.items()}, path + ".safetensors", {"requires_grad": ",".join(names)})
    with open(path + ".fx", "w") as f:
        f.write(str(exported))
    run = subprocess.run([program, "run", path + ".fx", "--data", path + ".safetensors", "--out", path + ".out"],
                         capture_output=True, text=True, timeout=60)
    if run.returncode:
        return f"exit {run.returncode}: {run.stderr.strip()[-200:]}"
    found = load_file(path + ".out")
    why = differ(out.detach(), found.get("output.0"))
    if why:
        return "output: " + why
    for name, grad in zip(names, grads):
        if grad is not None and differ(grad, found.get("grad." + name)):
            return f"grad.{name}: {differ(grad, found.get('grad.' + name))}"
    if all(g is None for g in grads):
        return None
    return check_printed(program, path, inputs, tangent, out.detach(), grads)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("--count", type=int, default=40)
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--keep", help="leave programs and data here")
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = a.keep or temporary
        os.makedirs(folder, exist_ok=True)
        failed = 0
        print(f"1..{a.count}")
        for k in range(a.count):
            why = check(a.program, a.seed + k, folder)
            skip = why is not None and why.startswith("skip ")
            failed += why is not None and not skip
            print(f"{'ok' if why is None or skip else 'not ok'} {k + 1} - seed {a.seed + k}"
                  + (f" # SKIP {why[5:]}" if skip else f": {why}" if why else ""), flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
