#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random nested programs of every operator with bodies against the same programs written out.

usage: nested.py PROGRAM [--count N] [--seed S] [--keep DIR]
A program is a block of steps over matrices (in bodies over rows: vectors). A step is an operator, a write to a view, or
an operator with bodies, which are blocks themselves: called and repeated regions, branches, loops, scans, maps,
prefixes, checkpoints, regions without gradients or under autocast, users' own derivatives. Bodies capture some of what
is in scope. nested_kits.py writes it with the operators, and written out. Programs may also write their inputs, update
the buffers of a batch norm, return views and inputs, have a dynamic batch, and draw random numbers; these are held
against differences of their own results. Then: the same bits twice and with any number of bytes to keep, the same
values on one thread. Standard library only; prints TAP.
"""
import array, json, os, random, re, struct, subprocess, sys
from loops import Graph, main
from nested_kits import Block, Env, Plain, Real, fresh

WIDTH = 4
FIXED = 1e-9  # of two ways to compute in f64


class Program:
    """Sizes and the text of types; `n` is the value of the counter input."""

    def __init__(self, r, features):
        self.r, self.features = r, features
        self.dtype = "f32" if "autocast" in features else "f64"
        self.batch, self.n = r.randint(2, 4), r.randrange(5)
        self.types = {2: f"{self.dtype}[s0, {WIDTH}]", 1: f"{self.dtype}[{WIDTH}]"}
        self.matrix, self.count = f"{self.dtype}[{WIDTH}, {WIDTH}]", "i64[]"


class Maker:
    """Makes blocks."""

    def __init__(self, p):
        self.p, self.r = p, p.r

    def block(self, depth, own, scope, rank, results=1, least=1, captures=None):
        """scope: how many values stand around it."""
        r = self.r
        if captures is None:
            captures = r.sample(range(scope), r.randint(min(scope, not own), min(scope, 3)))
        b = Block(own, captures, rank, results)
        count = own + len(captures)
        if not count:
            b.steps.append(lambda kit, g, env: [g.op("tanh.default", env.b[0])])  # only rows have nothing around them
            count = 1
        for _ in range(r.randint(least, least + 2)):
            step, adds = self.step(depth, count, rank)
            b.steps.append(step)
            count += adds
        b.picks = [count - 1, *(r.randrange(count) for _ in range(results - 1))]
        return b

    def step(self, depth, count, rank):
        r = self.r
        kinds = ["unary", "binary", "matrix", "write", "other"]
        if depth > 0:
            deep = ["cond", "switch", "loop", "scan", "map", "prefixes", "checkpoint", "wrap", "no_grad", "invoke"]
            kinds += 2 * deep + ["rows", "rows", "function"] if rank == 2 else deep
        if "dropout" in self.p.features:  # held against differences, which know nothing of detached values
            kinds = [k for k in kinds if k not in ("no_grad", "function")]
        kinds += ["dropout"] * 3 * ("dropout" in self.p.features) + ["autocast"] * 3 * ("autocast" in self.p.features)
        return getattr(self, r.choice(kinds))(depth - 1, count, rank)

    def unary(self, depth, count, rank):
        i, f = self.r.randrange(count), self.r.choice([
            ("tanh.default",), ("sin.default",), ("sigmoid.default",), ("neg.default",), ("mul.Tensor", 0.7),
            ("softmax.int", -1), ("cumsum.default", -1), ("layer_norm.default", f"[{WIDTH}]"), ("flip.default", "[0]"),
            ("roll.default", "[1]", "[-1]")])
        return lambda kit, g, env: [g.op(f[0], env.x[i], *f[1:])], 1

    def binary(self, depth, count, rank):
        i, j = self.r.randrange(count), self.r.randrange(count)
        f = self.r.choice(["add.Tensor", "mul.Tensor", "sub.Tensor", "maximum.default"])
        k = self.r.randrange(6)

        def emit(kit, g, env):
            if k < 2:
                return [g.op(f, env.x[i], env.b[k])]
            return [g.op(f, env.x[i], g.op("tanh.default", env.x[j]))]

        return emit, 1

    def matrix(self, depth, count, rank):
        i, k, t = self.r.randrange(count), self.r.randrange(2), self.r.random() < 0.3

        def emit(kit, g, env):
            w = g.op("t.default", env.w[k]) if t else env.w[k]
            return [g.op("tanh.default", g.op("matmul.default", env.x[i], w))]

        return emit, 1

    def other(self, depth, count, rank):
        i, k, c = self.r.randrange(count), self.r.randrange("dropout" in self.p.features, 8), self.r.uniform(-1, 1)

        def emit(kit, g, env):
            x = env.x[i]
            if k == 0:  # detached factor
                return [g.op("mul.Tensor", g.op("detach.default", g.op("sin.default", x)), x)]
            if k == 1:  # integers
                top = g.op("argmax.default", x, -1, True)
                return [g.op("mul.Tensor", x, g.op("add.Tensor", top, 1))]
            if k == 2:
                return [g.op("where.ScalarOther", g.op("gt.Scalar", x, c), x, 0.25)]
            if k == 3:
                return [g.op("add.Tensor", x, g.op("mul.Tensor", env.n, 0.25))]
            if k == 4:  # two results, both read
                top = g.op("max.dim", x, -1, True)
                value, place = g.line(f"{top}[0]"), g.line(f"{top}[1]")
                return [g.op("sub.Tensor", g.op("mul.Tensor", x, value), g.op("gather.default", x, -1, place))]
            if k == 5:
                parts = g.op("split.Tensor", x, 1, -1)
                return [g.op("cat.default", f"[{', '.join(g.line(f'{parts}[{i}]') for i in (2, 0, 3, 1))}]", -1)]
            if k == 6:
                spread = g.op("var.correction", x, "[-1]", "correction = 0", "keepdim = True")
                centre = g.op("sub.Tensor", x, g.op("mean.dim", x, "[-1]", True))
                return [g.op("div.Tensor", centre, g.op("add.Tensor", spread, 1))]
            kept = g.op("tril.default", g.op("outer.default", env.b[0], env.b[1]))
            return [g.op("tanh.default", g.op("matmul.default", x, kept))]

        return emit, 1

    def write(self, depth, count, rank):
        """A write to a view of a value of its own, with views taken before and read after."""
        r, i, j = self.r, self.r.randrange(count), self.r.randrange(count)
        kinds = [("slice.Tensor", -1, 1, 3), ("select.int", -1, 2), ("alias.default",), ("unsqueeze.default", 0),
                 ("slice.Tensor", -1, 0, 9, 2)] + [("t.default",), ("select.int", 0, 1)] * (rank == 2)
        of = r.choice(kinds)
        chain, early, how = r.random() < 0.3, r.random() < 0.5, r.randrange(5)

        def emit(kit, g, env):
            base = g.op("clone.default" if how else "neg.default", env.x[i])
            seen = g.op("select.int", base, -1, 0)
            view = g.op(of[0], base, *of[1:])
            if chain and (of[0] != "select.int" or rank == 2):
                view = g.op("slice.Tensor", view, 0, 0, 1)
            if how == 1:
                g.op("mul_.Tensor", view, 0.5)
            elif how == 2:
                g.op("copy_.default", view, g.op("mul.Tensor", g.op("tanh.default", view), 2.0))
            elif how == 3:
                g.op("fill_.Scalar", view, 0.25)
            else:
                g.op("add_.Tensor", view, g.op("mean.default", env.x[j]))
            if early:
                return [base, g.op("mul.Tensor", g.op("unsqueeze.default", seen, -1), env.x[j])]
            return [base, g.op("sin.default", base)]

        return emit, 2

    def dropout(self, depth, count, rank):
        i, p = self.r.randrange(count), self.r.choice([0.3, 0.5])
        return lambda kit, g, env: [g.op("dropout.default", env.x[i], p, True)], 1

    def predicate(self, count):
        i, bound = self.r.randrange(count), self.r.uniform(-1, 1)
        return lambda g, env: g.op("gt.Scalar", g.op("sum.default", env.x[i]), bound)

    def cond(self, depth, count, rank):
        p, n = self.predicate(count), self.r.randint(1, 2)
        yes = self.block(depth, 0, count, rank, n)
        no = self.block(depth, 0, count, rank, n, captures=yes.captures)
        return lambda kit, g, env: kit.cond(g, env, p(g, env), [yes, no]), n

    def switch(self, depth, count, rank):
        n, shift = self.r.randint(1, 2), self.r.randrange(3)
        blocks = [self.block(depth, 0, count, rank, n)]
        for _ in range(self.r.randint(1, 3)):
            blocks.append(self.block(depth, 0, count, rank, n, captures=blocks[0].captures))
        return lambda kit, g, env: kit.switch(g, env, shift, blocks), n

    def loop(self, depth, count, rank):
        n, total = self.r.randint(1, 2), self.r.random() < 0.4
        inits, times = [self.r.randrange(count) for _ in range(n)], self.r.choice([None, 0, 1, 2, 3])
        body = self.block(depth, n, count, rank, n)

        def emit(kit, g, env):
            sums, out = kit.loop(g, env, times, [env.x[i] for i in inits], body, int(total))
            bounded = [g.op("tanh.default", x) for x in out]
            if total:
                bounded[0] = g.op("add.Tensor", bounded[0], g.op("mul.Tensor", sums[0], 0.125))
            return bounded

        return emit, n

    def stacks(self, count, n):
        length = self.r.randint(1, 4)
        picks = [[self.r.randrange(count) for _ in range(length)] for _ in range(n)]
        side = self.r.random() < 0.3

        def emit(g, env):
            out = []
            for pick in picks:
                s = g.op("stack.default", f"[{', '.join(env.x[i] for i in pick)}]", *([1] if side else []))
                out.append(g.op("movedim.int", s, 1, 0) if side else s)
                self.p.lengths[out[-1]] = length
            return out

        return emit

    def scan(self, depth, count, rank):
        r, carries, n = self.r, self.r.randint(1, 2), self.r.randint(1, 2)
        ys, nothing, reverse = r.randint(0, 2), int(r.random() < 0.2), r.random() < 0.4
        inits, stacks = [r.randrange(count) for _ in range(carries)], self.stacks(count, n)
        body = self.block(depth, carries + n, count, rank, carries + ys)

        def emit(kit, g, env):
            last, rows = kit.scan(g, env, [env.x[i] for i in inits], stacks(g, env), body, nothing, reverse)
            return [g.op("tanh.default", x) for x in last + [g.op("sum.dim_IntList", y, "[0]") for y in rows]]

        return emit, carries + ys

    def map(self, depth, count, rank):
        n, results = self.r.randint(1, 2), self.r.randint(1, 2)
        stacks, body = self.stacks(count, n), self.block(depth, n, count, rank, results)

        def emit(kit, g, env):
            return [g.op("sum.dim_IntList", y, "[0]") for y in kit.map(g, env, stacks(g, env), body)]

        return emit, results

    def rows(self, depth, count, rank):
        """A map or a scan over the rows of a matrix: bodies over vectors, as many as the batch has."""
        r, i, j = self.r, self.r.randrange(count), self.r.randrange(count)
        n, scan, reverse = r.randint(1, 2), r.random() < 0.5, r.random() < 0.4
        body = self.block(depth, n + scan, 0, 1, 1 + scan)

        def emit(kit, g, env):
            stacks = [env.x[k] for k in (i, j)[:n]]
            for s in stacks:
                self.p.lengths.pop(s, None)
            if not scan:
                return kit.map(g, env, stacks, body)
            last, ys = kit.scan(g, env, [env.b[0]], stacks, body, 0, reverse)
            return [g.op("add.Tensor", ys[0], last[0])]

        return emit, 1

    def prefixes(self, depth, count, rank):
        kind, k = self.r.randrange(4), self.r.randrange(2)
        stacks = self.stacks(count, 2 if kind == 3 else 1)

        def combine(b, left, right, env):
            if kind == 0:
                return [b.op("mul.Tensor", b.op("mul.Tensor", left[0], right[0]), b.op("sigmoid.default", env.b[k]))]
            if kind == 1:
                both = b.op("add.Tensor", left[0], right[0])
                return [b.op("add.Tensor", both, b.op("mul.Tensor", left[0], right[0]))]
            if kind == 2:  # logaddexp
                gap = b.op("abs.default", b.op("sub.Tensor", left[0], right[0]))
                rest = b.op("log1p.default", b.op("exp.default", b.op("neg.default", gap)))
                return [b.op("add.Tensor", b.op("maximum.default", left[0], right[0]), rest)]
            moved = b.op("mul.Tensor", left[1], right[0])
            return [b.op("mul.Tensor", left[0], right[0]), b.op("add.Tensor", moved, right[1])]

        def emit(kit, g, env):
            out = kit.prefixes(g, env, stacks(g, env), rank, combine)
            return [g.op("tanh.default", g.op("sum.dim_IntList", y, "[0]")) for y in out]

        return emit, 2 if kind == 3 else 1

    def region(self, kind, depth, count, rank):
        own, results = self.r.randint(0, 2), self.r.randint(1, 2)
        picks, body = [self.r.randrange(count) for _ in range(own)], self.block(depth, own, count, rank, results)
        return lambda kit, g, env: kit.region(g, env, kind, [env.x[i] for i in picks], body), results

    def checkpoint(self, *a):
        return self.region("checkpoint", *a)

    def wrap(self, *a):
        return self.region("wrap", *a)

    def no_grad(self, *a):
        return self.region("no_grad", *a)

    def autocast(self, depth, count, rank):
        """bf16 is what the products of the region give; written out, its operands are cast."""
        i, k = self.r.randrange(count), self.r.randrange(2)
        body = Block(1, [], rank, 1)

        def inside(kit, g, env):
            x, w = env.x[0], env.w[k]
            if isinstance(kit, Plain):
                x, w = g.op("to.dtype", x, "torch.bfloat16"), g.op("to.dtype", w, "torch.bfloat16")
            return [g.op("to.dtype", g.op("tanh.default", g.op("matmul.default", x, w)), "torch.float32")]

        body.steps, body.picks = [inside], [1]
        return lambda kit, g, env: kit.region(g, env, "autocast", [env.x[i]], body), 1

    def invoke(self, depth, count, rank):
        r, own = self.r, self.r.randint(1, 2)
        calls = [[r.randrange(count) if not k or r.random() < 0.5 else -1 for _ in range(own)]
                 for k in range(r.randint(1, 3))]
        body = self.block(depth, own, count, rank)
        return lambda kit, g, env: kit.invoke(g, env, calls, body), len(calls)

    def function(self, depth, count, rank):
        i, k, straight = self.r.randrange(count), self.r.randrange(2), self.r.random() < 0.5
        return lambda kit, g, env: kit.function(g, env.x[i], env.w[k], straight, rank), 1


class Case:
    """A program of one seed: its two texts and its data."""

    def __init__(self, seed):
        r = self.r = random.Random(seed)
        chances = {"dynamic": 0.3, "dropout": 0.15, "written": 0.3, "norm": 0.25, "views": 0.4}
        features = {f for f, chance in chances.items() if r.random() < chance}
        if not features & {"dropout"} and r.random() < 0.1:
            features.add("autocast")
        self.features, p = features, Program(r, features)
        p.keep_unused, p.lengths, self.p = r.random() < 0.3, {}, p
        self.inputs = [("x", p.types[2]), ("y", p.types[2]), ("z", p.types[2]), ("w1", p.matrix), ("w2", p.matrix),
                       ("b1", p.types[1]), ("b2", p.types[1]), ("n", p.count)]
        if "norm" in features:
            self.inputs += [("mean", p.types[1]), ("var", p.types[1])]
        if "dynamic" in features:
            self.inputs.insert(0, ("s0", "Sym(s0)"))
        self.frozen = set(r.sample(["x", "y", "z", "w1", "w2", "b1", "b2"], r.randrange(3)))
        maker = Maker(p)
        self.block = maker.block(r.randint(1, 4), 3, 0, 2, r.randint(1, 3), 2)
        if "norm" in features:
            at = r.randrange(3)

            def norm(kit, g, env):
                rest = ["b1", "b2", "mean", "var", True, 0.1, 1e-05, False]
                env.x[at] = kit.norm(g, env.x[at], rest)
                return []

            self.block.steps.insert(0, norm)
        if "written" in features:
            view = r.choice([("alias.default",), ("t.default",), ("select.int", 1, 2), ("slice.Tensor", 0, 0, 1)])
            write = lambda kit, g, env: [g.op("mul_.Tensor", g.op(view[0], "z", *view[1:]), 0.5)][:0]
            self.block.steps.insert(r.randrange(2), write)
        self.ends = [r.randrange(5) if "views" in features else 0 for _ in range(self.block.results)]
        rows = {"x": 2, "y": 2, "z": 2, "w1": 0, "w2": 0, "b1": 1, "b2": 1, "mean": 1, "var": 1}
        self.data = {}
        for name, _ in self.inputs:
            if name in rows:
                shape = {2: [p.batch, WIDTH], 0: [WIDTH, WIDTH], 1: [WIDTH]}[rows[name]]
                count = shape[0] * (shape[1] if len(shape) > 1 else 1)
                self.data["input." + name] = (shape, [r.gauss(0, 0.6) + 2 * (name == "var") for _ in range(count)])
        if "norm" in features:
            self.data["input.var"] = ([WIDTH], [abs(v) + 0.1 for v in self.data["input.var"][1]])
        self.tangents = random.Random(seed + 1)

    def text(self, kit):
        """Its FX text; `ends` says what is returned for a result."""
        self.p.lengths = {}
        dynamic = "dynamic" in self.features and kit is Real
        g = Graph("GraphModule", [i for i in self.inputs if i[0] != "s0" or dynamic])
        env = Env(["x", "y", "z"], ["w1", "w2"], ["b1", "b2"], "n", self.p.n, 2)
        out, self.outputs = [], 0
        for name, end in zip(self.block.run(kit(self.p), g, env), self.ends):
            name = fresh(g, name)
            if end == 1:
                out += [name, g.op("t.default", name)]
            elif end == 2:
                out += [g.op("select.int", name, 1, 0), name]
            elif end == 3:
                out += [name, "z"]
            elif end == 4:
                out += [name, g.op("slice.Tensor", "x", 1, 0, 2), g.op("argmax.default", name, 1)]
            else:
                out.append(name)
        g.result = f"({', '.join(out)},)"
        return g.text() if dynamic else g.text().replace("[s0, ", f"[{self.p.batch}, ")

    def requires(self):
        return [n for n, t in self.inputs if n in ("x", "y", "z", "w1", "w2", "b1", "b2") and n not in self.frozen]

    def write(self, path, tensors):
        head, body = {"__metadata__": {"requires_grad": ",".join(self.requires())}}, b""
        for name, (shape, values) in tensors.items():
            kind = "i64" if name in ("input.n", "input.s0") else self.p.dtype
            raw = array.array({"i64": "q", "f32": "f", "f64": "d"}[kind], values).tobytes()
            head[name] = {"dtype": kind.upper(), "shape": shape, "data_offsets": [len(body), len(body) + len(raw)]}
            body += raw
        text = json.dumps(head).encode()
        with open(path, "wb") as f:
            f.write(struct.pack("<Q", len(text)) + text + body)

    def tensors(self):
        out = dict(self.data)
        out["input.n"] = ([], [self.p.n])
        if "dynamic" in self.features:
            out["input.s0"] = ([], [self.p.batch])
        return out


def run(program, fx, data, *extra):
    """{key: (dtype, shape, values)}, or why there is none."""
    out = fx + ".out"
    p = subprocess.run([program, "run", fx, "--data", data, "--out", out, *extra], capture_output=True, text=True,
                       errors="replace", timeout=120)
    if p.returncode:
        return f"exit {p.returncode}: {p.stderr.strip()[-300:]}"
    with open(out, "rb") as f:
        raw = f.read()
    size, found = struct.unpack("<Q", raw[:8])[0], {}
    for key, e in json.loads(raw[8:8 + size]).items():
        if key != "__metadata__":
            low, high = (8 + size + o for o in e["data_offsets"])
            kind = {"F64": "d", "F32": "f", "I64": "q"}[e["dtype"]]
            found[key] = (e["dtype"], e["shape"], array.array(kind, raw[low:high]))
    return found


def differ(want, found, tolerance):
    """Why two results are not the same, or None. A gradient that is zero may be None in one of the two."""
    for key in sorted({*want, *found}):
        if key.startswith("grad.") and (key not in want or key not in found):
            if any((want.get(key) or found.get(key))[2]):
                return f"{key}: only in one of them"
            continue
        if key not in want or key not in found:
            return f"{key}: only in one of them"
        (type_a, shape_a, a), (type_b, shape_b, b) = want[key], found[key]
        if type_a != type_b or shape_a != shape_b:
            return f"{key}: {type_b}{shape_b}, expected {type_a}{shape_a}"
        worst = max((abs(x - y) for x, y in zip(a, b)), default=0)
        near = want.values() if key.startswith("grad.") else [want[key]]
        scale = max([1.0, *(abs(v) for t in near for v in t[2])])
        if not worst <= tolerance * scale:
            return f"{key}: largest difference {worst:.3g}"
    return None


def tangents(case, found):
    """A tangent for each float output and written input that was found."""
    r, out = case.tangents, {}
    for key, (dtype, shape, values) in found.items():
        if dtype in ("F64", "F32") and (key.startswith("output.") or key == "final.z" and "z" not in case.frozen):
            name = "tangent." + key.replace("output.", "")
            out[name] = (shape, [r.gauss(0, 1) for _ in values])
    return out


def slope(case, program, fx, path, tensors, found):
    """Why the gradients are not the slope of the results along a random direction, or None."""
    r, step, ends = case.tangents, 1e-6, []
    along = {n: [r.gauss(0, 1) for _ in tensors["input." + n][1]] for n in case.requires()}
    for sign in (1, -1):
        moved = dict(tensors)
        for n, d in along.items():
            shape, values = tensors["input." + n]
            moved["input." + n] = (shape, [v + sign * step * e for v, e in zip(values, d)])
        case.write(path + ".moved", moved)
        got = run(program, fx, path + ".moved", "--infer", "--seed", "7")
        if isinstance(got, str):
            return got
        ends.append(sum(a * b for k, t in tensors.items() if k.startswith("tangent.")
                        for a, b in zip(t[1], got[k[8:] if "final" in k else "output." + k[8:]][2])))
    want = (ends[0] - ends[1]) / (2 * step)
    have = sum(a * b for n, d in along.items() if "grad." + n in found for a, b in zip(d, found["grad." + n][2]))
    return None if abs(want - have) <= 1e-5 * max(1, abs(want)) else f"slope {want:.9g}, by the gradients {have:.9g}"


def check(program, seed, folder):
    case = Case(seed)
    path = os.path.join(folder, f"nested_{seed}")
    for kit, end in ((Real, ".fx"), (Plain, ".plain.fx")):
        with open(path + end, "w") as f:
            f.write(case.text(kit))
    data, tensors = path + ".safetensors", case.tensors()
    case.write(data, tensors)
    random_numbers, tolerance = "dropout" in case.features, 4e-2 if "autocast" in case.features else FIXED
    first = run(program, path + ".plain.fx" if not random_numbers else path + ".fx", data, "--infer", "--seed", "7")
    if isinstance(first, str):
        return "forward: " + first
    tensors.update(tangents(case, first))
    case.write(data, tensors)
    bits = run(program, path + ".fx", data, "--seed", "7")
    if isinstance(bits, str):
        saved = "modified by an inplace" in bits and "written" in case.features  # bodies save all their operands
        return None if saved or "differentiable" in bits or "no output depends" in bits else bits
    if random_numbers:
        why = slope(case, program, path + ".fx", path, tensors, bits)
    else:
        want = run(program, path + ".plain.fx", data)
        why = "written out: " + want if isinstance(want, str) else differ(want, bits, tolerance)
    if why:
        return why
    least = re.search(r"the least is (\d+)", str(run(program, path + ".fx", data, "--memory-budget", "1")))
    budget = str((int(least.group(1)) if least else 1) + case.r.choice([0, 0, 100, 500, 1000, 2000, 4000]))
    loops = "while_loop" in open(path + ".fx").read()
    limits = (([], 0), (["--memory-budget", budget], tolerance if loops else 0), (["--threads", "1"], tolerance))
    for extra, limit in limits:
        again = run(program, path + ".fx", data, "--seed", "7", *extra)
        if extra and "modified by an inplace" in str(again) and "written" in case.features:
            continue  # a loop that runs again reads again what was written
        why = again if isinstance(again, str) else differ(bits, again, limit)
        if why:
            return " ".join(["again:", *extra, why])
    return None


if __name__ == "__main__":
    sys.exit(main(check))
