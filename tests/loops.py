#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random programs of nested loops and branches against the same programs written out: outputs and gradients.

usage: loops.py PROGRAM [--count N] [--seed S] [--keep DIR]
A program is an expression over vectors in which cond, map_impl, scan, while_loop and associative_scan stand in each
other's bodies; each body captures all that is in scope, used or not, and some inputs are frozen. Written out, items are
selected and stacked, both branches computed and one chosen. Also run: each under a memory budget. Standard library only;
prints TAP.
"""
import argparse, array, json, os, random, struct, subprocess, sys, tempfile

WIDTH = 4


class Graph:
    """A module as text; bodies are classes inside of it."""

    def __init__(self, name, inputs):
        self.name, self.inputs, self.lines, self.children, self.result = name, inputs, [], [], ""

    def line(self, text):
        name = f"v{len(self.lines)}"
        self.lines.append(f"{name} = {text}")
        return name

    def op(self, name, *args):
        return self.line(f"torch.ops.aten.{name}({', '.join(map(str, args))})")

    def child(self, inputs):
        body = Graph(f"body_{len(self.children)}", inputs)
        self.children.append(body)
        return body

    def text(self, indent=0):
        pad = " " * indent
        head = ", ".join(f'{n}: "{t}"' for n, t in self.inputs)
        out = [f"{pad}class {self.name}(torch.nn.Module):", f"{pad}    def forward(self, {head}):"]
        out += [f"{pad}        {c.name} = self.{c.name}" for c in self.children]
        out += [f"{pad}        {line}" for line in self.lines] + [f"{pad}        return {self.result}", ""]
        return "\n".join(out + [c.text(indent + 4) for c in self.children])


VECTOR, MATRIX, COUNT = f"f64[{WIDTH}]", f"f64[{WIDTH}, {WIDTH}]", "i64[]"


class Real:
    """The operators. Bodies take what is theirs, then all that is in scope."""

    @staticmethod
    def body(g, own, v, function):
        names = [(f"a{i}", t) for i, t in enumerate(own)]
        captured = [(f"b{i}", VECTOR) for i in range(len(v.vectors))] + [("w", MATRIX)]
        b = g.child(names + captured)
        inner = Scope([n for n, _ in captured[:-1]], "w")
        b.result = function(b, [n for n, _ in names], inner)
        return b.name

    @staticmethod
    def call(g, name, *args):
        return g.line(f"torch.ops.higher_order.{name}({', '.join(args)})")

    @staticmethod
    def cond(g, v, predicate, yes, no):
        fresh = lambda f: lambda b, own, s: f"({b.op('mul.Tensor', f(b, s), 1.0)},)"
        bodies = [Real.body(g, [], v, fresh(f)) for f in (yes, no)]
        return g.line(f"{Real.call(g, 'cond', predicate, *bodies, v.tuple())}[0]")

    @staticmethod
    def map(g, v, items, function):
        body = Real.body(g, [VECTOR], v, lambda b, own, s: f"({b.op('mul.Tensor', function(b, s.more(own[0])), 1.0)},)")
        stack = g.op("stack.default", f"[{', '.join(items)}]")
        return g.line(f"{Real.call(g, 'map_impl', body, f'[{stack}]', v.list())}[0]")

    @staticmethod
    def scan(g, v, init, items, function, reverse):
        def step(b, own, s):
            carry, out = function(b, s.more(*own))
            return f"[{b.op('mul.Tensor', carry, 1.0)}, {b.op('mul.Tensor', out, 1.0)}]"

        body = Real.body(g, [VECTOR, VECTOR], v, step)
        stack = g.op("stack.default", f"[{', '.join(items)}]")
        if reverse:
            stack = g.op("flip.default", stack, "[0]")
        call = Real.call(g, "scan", body, f"[{init}]", f"[{stack}]", v.tuple())
        carry, out = g.line(f"{call}[0]"), g.line(f"{call}[1]")
        return carry, g.op("flip.default", out, "[0]") if reverse else out

    @staticmethod
    def loop(g, v, init, times, function):
        test = Real.body(g, [COUNT, VECTOR], v, lambda b, own, s: b.op("lt.Scalar", own[0], times))
        step = Real.body(g, [COUNT, VECTOR], v, lambda b, own, s:
                         f"({b.op('add.Tensor', own[0], 1)}, {b.op('mul.Tensor', function(b, own[0], s.more(own[1])), 1.0)})")
        start = g.op("zeros.default", "[]", "dtype = torch.int64")
        call = Real.call(g, "while_loop", test, step, f"({start}, {init})", v.tuple())
        return g.line(f"{call}[1]")

    @staticmethod
    def prefixes(g, v, items, function):
        body = Real.body(g, [VECTOR, VECTOR], v, lambda b, own, s: f"[{b.op('mul.Tensor', function(b, *own, s), 1.0)}]")
        stack = g.op("stack.default", f"[{', '.join(items)}]")
        return g.line(f"{Real.call(g, 'associative_scan', body, f'[{stack}]', v.tuple())}[0]")


class Plain:
    """The same written out."""

    @staticmethod
    def cond(g, v, predicate, yes, no):
        return g.op("where.self", predicate, yes(g, v), no(g, v))

    @staticmethod
    def map(g, v, items, function):
        return g.op("stack.default", f"[{', '.join(function(g, v.more(x)) for x in items)}]")

    @staticmethod
    def scan(g, v, init, items, function, reverse):
        carry, out = init, []
        for x in (items[::-1] if reverse else items):
            carry, y = function(g, v.more(carry, x))
            out.append(y)
        return carry, g.op("stack.default", f"[{', '.join(out[::-1] if reverse else out)}]")

    @staticmethod
    def loop(g, v, init, times, function):
        for i in range(times):
            init = function(g, str(i), v.more(init))
        return init

    @staticmethod
    def prefixes(g, v, items, function):
        out = [items[0]]
        for x in items[1:]:
            out.append(function(g, out[-1], x, v))
        return g.op("stack.default", f"[{', '.join(out)}]")


class Scope:
    def __init__(self, vectors, matrix):
        self.vectors, self.matrix = vectors, matrix

    def more(self, *names):
        return Scope([*self.vectors, *names], self.matrix)

    def list(self):
        return f"[{', '.join([*self.vectors, self.matrix])}]"

    def tuple(self):
        return f"({', '.join([*self.vectors, self.matrix])},)"


def pick(r, depth, values):
    """A random expression: a function (kit, graph, scope) → the name of a vector. `values` is how many it may read."""
    if depth == 0:
        i = r.randrange(values)
        return lambda kit, g, v: v.vectors[i]
    sub = lambda more=0: pick(r, depth - 1, values + more)
    kind = r.choice(["unary", "binary", "binary", "matrix", "cond", "map", "scan", "loop", "prefixes"])
    if kind == "unary":
        f, a = r.choice(["sin", "tanh", "sigmoid", "cos"]), sub()
        return lambda kit, g, v: g.op(f + ".default", a(kit, g, v))
    if kind == "binary":
        f, a, b = r.choice(["add.Tensor", "mul.Tensor", "sub.Tensor", "maximum.default"]), sub(), sub()
        return lambda kit, g, v: g.op(f, a(kit, g, v), b(kit, g, v))
    if kind == "matrix":
        a = sub()
        return lambda kit, g, v: g.op("mv.default", v.matrix, a(kit, g, v))
    if kind == "cond":
        p, a, b, bound = sub(), sub(), sub(), r.uniform(-1, 1)
        return lambda kit, g, v: kit.cond(g, v, g.op("gt.Scalar", g.op("sum.default", p(kit, g, v)), bound),
                                          lambda b_, s: a(kit, b_, s), lambda b_, s: b(kit, b_, s))
    parts = [sub() for _ in range(r.randint(1, 5))]
    items = lambda kit, g, v: [g.op("tanh.default", p(kit, g, v)) for p in parts]
    total = lambda g, stack: g.op("sum.dim_IntList", stack, "[0]")
    if kind == "map":
        body = sub(1)
        return lambda kit, g, v: total(g, kit.map(g, v, items(kit, g, v), lambda b, s: body(kit, b, s)))
    if kind == "scan":
        init, step, give, reverse = sub(), sub(2), sub(2), r.random() < 0.5

        def run(kit, g, v):
            both = lambda b, s: (b.op("tanh.default", step(kit, b, s)), give(kit, b, s))
            carry, out = kit.scan(g, v, init(kit, g, v), items(kit, g, v), both, reverse)
            return g.op("add.Tensor", carry, total(g, out))

        return run
    if kind == "loop":
        init, step, times = sub(), sub(1), r.randrange(4)
        body = lambda kit: lambda b, i, s: b.op("add.Tensor", b.op("tanh.default", step(kit, b, s)), i)
        return lambda kit, g, v: kit.loop(g, v, init(kit, g, v), times, body(kit))
    captured, kind = r.randrange(values), r.randrange(3)

    def combine(b, left, right, s):
        product = b.op("mul.Tensor", left, right)
        if kind == 0:
            return product
        if kind == 1:
            return b.op("add.Tensor", b.op("add.Tensor", left, right), product)
        return b.op("mul.Tensor", product, b.op("sigmoid.default", s.vectors[captured]))

    return lambda kit, g, v: total(g, kit.prefixes(g, v, items(kit, g, v), combine))


def program(kit, expression):
    g = Graph("GraphModule", [("x", VECTOR), ("y", VECTOR), ("m", MATRIX)])
    g.result = f"({g.op('mul.Tensor', expression(kit, g, Scope(['x', 'y'], 'm')), 1.0)},)"
    return g.text()


def write_data(path, r, frozen):
    head, body = {"__metadata__": {"requires_grad": ",".join(n for n in ("x", "y", "m") if n != frozen)}}, b""
    for name, count, shape in (("input.x", WIDTH, [WIDTH]), ("input.y", WIDTH, [WIDTH]),
                               ("input.m", WIDTH * WIDTH, [WIDTH, WIDTH]), ("tangent.0", WIDTH, [WIDTH])):
        raw = array.array("d", (r.gauss(0, 0.5) for _ in range(count))).tobytes()
        head[name] = {"dtype": "F64", "shape": shape, "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    text = json.dumps(head).encode()
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + body)


def run(program_path, fx, data, *extra):
    """The tensors of the result, or why there are none."""
    out = fx + ".out"
    p = subprocess.run([program_path, "run", fx, "--data", data, "--out", out, *extra], capture_output=True, text=True,
                       errors="replace", timeout=60)
    if p.returncode:
        return f"exit {p.returncode}: {p.stderr.strip()[-200:]}"
    raw = open(out, "rb").read()
    size = struct.unpack("<Q", raw[:8])[0]
    return {k: array.array("d", raw[8 + size + v["data_offsets"][0]:8 + size + v["data_offsets"][1]])
            for k, v in json.loads(raw[8:8 + size]).items() if k != "__metadata__"}


def differ(want, found):
    """Gradients that are zero may be None in one of the two."""
    for key in sorted({*want, *found}):
        a, b = (t.get(key, array.array("d", [0] * WIDTH * WIDTH)) for t in (want, found))
        scale = max(1.0, *map(abs, a))
        worst = max(abs(x - y) for x, y in zip(a, b))
        if not worst <= 1e-9 * scale:
            return f"{key}: largest difference {worst:.3g}"
    return None


def check(program_path, seed, folder):
    r = random.Random(seed)
    expression = pick(r, 3, 2)
    path = os.path.join(folder, f"loops_{seed}")
    frozen = r.choice([None, "x", "y", "m"])
    write_data(path + ".safetensors", r, frozen)
    for kit, end in ((Real, ".fx"), (Plain, ".plain.fx")):
        with open(path + end, "w") as f:
            f.write(program(kit, expression))
    want = run(program_path, path + ".plain.fx", path + ".safetensors")
    if isinstance(want, str):
        return None if "no output depends" in want or "differentiable" in want else "written out: " + want
    for extra in ([], ["--memory-budget", "1000000"], ["--threads", "1"]):
        found = run(program_path, path + ".fx", path + ".safetensors", *extra)
        why = found if isinstance(found, str) else differ(want, found)
        if why:
            return " ".join([*extra, why])
    return None


def main(check):
    """Checks --count seeds from --seed on: check(program, seed, folder) gives None or what is wrong."""
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("--count", type=int, default=60)
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--keep", help="leave programs and data here")
    a = p.parse_args()
    a.program = os.path.abspath(a.program)
    with tempfile.TemporaryDirectory() as temporary:
        folder = a.keep or temporary
        os.makedirs(folder, exist_ok=True)
        failed = 0
        print(f"1..{a.count}")
        for k in range(a.count):
            why = check(a.program, a.seed + k, folder)
            failed += why is not None
            print(f"{'not ok' if why else 'ok'} {k + 1} - seed {a.seed + k}{': ' + why if why else ''}", flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(check))
