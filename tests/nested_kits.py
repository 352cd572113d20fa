# SPDX-License-Identifier: MIT
"""The two ways in which nested.py writes a program: with the operators that have bodies, and written out.

Written out, calls are inlined, loops unrolled, both branches computed and one chosen, and a derivative of one's own is
that of another function. A kit's methods write one operator into a graph and give the names of its results.
"""
import re


class Env:
    """What a block can read: values of its rank, weights, biases, a counter and what the counter is known to be."""

    def __init__(self, x, w, b, n, known, rank):
        self.x, self.w, self.b, self.n, self.known, self.rank = x, w, b, n, known, rank

    def inner(self, own, captures, rank):
        return Env([*own, *(self.x[i] for i in captures)], self.w, self.b, self.n, self.known, rank)


class Block:
    """Steps over values of its own and captured ones; a step gives names of new values."""

    def __init__(self, own, captures, rank, results):
        self.own, self.captures, self.rank, self.results, self.steps, self.picks = own, captures, rank, results, [], []

    def run(self, kit, g, env):
        for step in self.steps:
            env.x += step(kit, g, env)
        return [env.x[i] for i in self.picks]


def fresh(g, name):
    return g.op("mul.Tensor", name, 1.0)


def several(names):
    return f"({''.join(name + ', ' for name in names)})"


def uses(g, name):
    return any(re.search(rf"\b{name}\b", line) for line in [*g.lines, str(g.result)])


class Real:
    """The operators."""

    def __init__(self, program):
        self.p = program

    def bodies(self, g, env, blocks, function, own=None, counter=None, more=()):
        """A child for each block, and the operands that all of them take behind their own. function(child, inner env,
        block) gives the text of the result. `own`: types of the values of their own."""
        first, made, outer = blocks[0], [], []
        own = [self.p.types[first.rank]] * first.own if own is None else own
        captures = first.captures if first.rank == env.rank else []
        outer = [(f"c{i}", self.p.types[first.rank], env.x[k]) for i, k in enumerate(captures)]
        outer += [(f"w{i}", self.p.matrix, name) for i, name in enumerate(env.w)]
        outer += [(f"b{i}", self.p.types[1], name) for i, name in enumerate(env.b)] + [("n", self.p.count, env.n)]
        for block in blocks:
            child = g.child([(f"a{i}", t) for i, t in enumerate(own)])
            x = [f"a{i}" for i, t in enumerate(own) if t != self.p.count] + [f"c{i}" for i in range(len(captures))]
            inner = Env(x, [f"w{i}" for i in range(len(env.w))], [f"b{i}" for i in range(len(env.b))], "n", 0,
                        first.rank)
            if counter is not None:
                inner.n = f"a{counter}"
            child.result = function(child, inner, block)
            made.append(child)
        kept = [o for o in outer if any(uses(c, o[0]) for c in [*made, *more]) or self.p.keep_unused]
        for child in [*made, *more]:
            child.inputs = [*child.inputs, *((name, t) for name, t, _ in kept)]
        return made, [name for _, _, name in kept]

    def plain(self, child, inner, block):
        return f"({', '.join(fresh(child, x) for x in block.run(self, child, inner))},)"

    def items(self, g, call, count, first=0):
        return [g.line(f"{call}[{first + i}]") for i in range(count)]

    def call(self, g, name, *args):
        return g.line(f"torch.ops.higher_order.{name}({', '.join(args)})")

    def cond(self, g, env, predicate, blocks):
        (yes, no), more = self.bodies(g, env, blocks, self.plain)
        call = self.call(g, "cond", predicate, yes.name, no.name, several(more))
        return self.items(g, call, blocks[0].results)

    def switch(self, g, env, shift, blocks):
        made, more = self.bodies(g, env, blocks, self.plain)
        index = g.op("remainder.Scalar", g.op("add.Tensor", env.n, shift), len(blocks))
        call = self.call(g, "switch", index, f"[{', '.join(c.name for c in made)}]", several(more))
        return self.items(g, call, blocks[0].results)

    def loop(self, g, env, times, inits, block, total):
        """times: a number, or None for the counter in scope."""
        own = [self.p.count] * (1 + total) + [self.p.types[block.rank]] * block.own
        test = g.child([(f"a{i}", t) for i, t in enumerate(own)])
        test.result = test.op("lt.Scalar", "a0", times) if times is not None else test.op("lt.Tensor", "a0", "n")

        def step(child, inner, b):
            out = [child.op("add.Tensor", "a0", 1)]
            out += [child.op("add.Tensor", child.op("mul.Tensor", "a1", 2), "a0")] if total else []
            return f"({', '.join(out + [fresh(child, x) for x in b.run(self, child, inner)])},)"

        (body,), more = self.bodies(g, env, [block], step, own, 0, [test])
        zeros = [g.op("zeros.default", "[]", "dtype = torch.int64") for _ in range(1 + total)]
        call = self.call(g, "while_loop", test.name, body.name, several(zeros + inits), several(more))
        return self.items(g, call, total, 1), self.items(g, call, block.own, 1 + total)

    def scan(self, g, env, inits, stacks, block, nothing, reverse):
        def step(child, inner, b):
            out = [fresh(child, x) for x in b.run(self, child, inner)]
            return f"[{', '.join([*out[:len(inits)], *['None'] * nothing, *out[len(inits):]])}]"

        (body,), more = self.bodies(g, env, [block], step)
        if reverse:
            stacks = [g.op("flip.default", s, "[0]") for s in stacks]
        call = self.call(g, "scan", body.name, f"[{', '.join(inits)}]", f"[{', '.join(stacks)}]",
                         several(more))
        carries = self.items(g, call, len(inits))
        rows = self.items(g, call, block.results - len(inits), len(inits) + nothing)
        return carries, [g.op("flip.default", y, "[0]") for y in rows] if reverse else rows

    def map(self, g, env, stacks, block):
        (body,), more = self.bodies(g, env, [block], self.plain)
        call = self.call(g, "map_impl", body.name, f"[{', '.join(stacks)}]", f"[{', '.join(more)}]")
        return self.items(g, call, block.results)

    def prefixes(self, g, env, stacks, rank, combine):
        block = Block(2 * len(stacks), [], rank, len(stacks))

        def both(child, inner, b):
            out = combine(child, inner.x[:len(stacks)], inner.x[len(stacks):], inner)
            return f"[{', '.join(fresh(child, x) for x in out)}]"

        (body,), more = self.bodies(g, env, [block], both)
        call = self.call(g, "associative_scan", body.name, f"[{', '.join(stacks)}]", several(more))
        return self.items(g, call, len(stacks))

    def region(self, g, env, kind, own, block):
        (body,), more = self.bodies(g, env, [block], self.plain)
        head, tail = {"checkpoint": ("tag_activation_checkpoint", ["use_reentrant = False"]), "wrap": ("wrap", []),
                      "no_grad": ("wrap_with_set_grad_enabled", []),
                      "autocast": ("wrap_with_autocast", [])}[kind]
        before = {"no_grad": ["False"], "autocast": ["'cpu'", "torch.bfloat16", "True", "False"]}.get(kind, [])
        return self.items(g, self.call(g, head, *before, body.name, *own, *more, *tail), block.results)

    def invoke(self, g, env, calls, block):
        (body,), more = self.bodies(g, env, [block], self.plain)
        out = []
        for own in calls:
            names = [out[-1] if i < 0 else env.x[i] for i in own]
            out += self.items(g, self.call(g, "invoke_subgraph", body.name, f"'of_{body.name}'", *names, *more), 1)
        return out

    def norm(self, g, x, rest):
        """In a checkpoint, which updates the statistics once."""
        body = g.child([("x", self.p.types[2])] + [(n, self.p.types[1]) for n in rest[:4]])
        body.result = f"({body.op('batch_norm.default', 'x', *rest)},)"
        call = self.call(g, "tag_activation_checkpoint", body.name, x, *rest[:4], "use_reentrant = False")
        return self.items(g, call, 1)[0]

    def function(self, g, a, w, straight, rank):
        x, m = self.p.types[rank], self.p.matrix
        forward, backward = g.child([("a", x)] + ([] if straight else [("w", m)])), None
        if straight:
            y = forward.op("mul.Tensor", forward.op("round.default", forward.op("mul.Tensor", "a", 4.0)), 0.25)
            forward.result = f"(({y},), ())"
            backward = g.child([("g", x)])
            backward.result = f"({backward.op('mul.Tensor', 'g', 1.0)},)"
            args, saved = [a], ""
        else:
            y = forward.op("tanh.default", forward.op("matmul.default", "a", "w"))
            forward.result = f"(({y},), (a, w, {y}))"
            backward = g.child([("g", x), ("a", x), ("w", m), ("y", x)])
            slope = backward.op("rsub.Scalar", backward.op("mul.Tensor", "y", "y"), 1)
            d = backward.op("mul.Tensor", "g", backward.op("mul.Tensor", slope, 0.5))
            of_a = backward.op("matmul.default", d, backward.op("t.default", "w"))
            of_w = backward.op("matmul.default", backward.op("t.default", "a"), d)
            backward.result = f"({of_a}, {of_w})"
            args, saved = [a, w], "0, 1, 2"
        call = self.call(g, "autograd_function_apply", forward.name, backward.name, *args,
                         "non_differentiable_idx = []", f"saved_for_backward_idx = [{saved}]")
        return self.items(g, call, 1)


class Plain:
    """The same written out."""

    def __init__(self, program):
        self.p = program

    def run(self, g, env, own, block, counter=None):
        inner = env.inner(own, block.captures if block.rank == env.rank else [], block.rank)
        if counter is not None:
            inner.n, inner.known = str(counter), counter
        return block.run(self, g, inner)

    def cond(self, g, env, predicate, blocks):
        both = [self.run(g, env, [], b) for b in blocks]
        return [g.op("where.self", predicate, a, b) for a, b in zip(*both)]

    def switch(self, g, env, shift, blocks):
        return self.run(g, env, [], blocks[(env.known + shift) % len(blocks)])

    def loop(self, g, env, times, inits, block, total):
        sums = 0
        for i in range(env.known if times is None else times):
            inits, sums = self.run(g, env, inits, block, i), 2 * sums + i
        return [g.op("full.default", "[]", sums, "dtype = torch.int64")] * total, inits

    def rows(self, g, stack, reverse=False):
        count = self.p.lengths[stack] if stack in self.p.lengths else self.p.batch
        rows = [g.op("select.int", stack, 0, i) for i in range(count)]
        return rows[::-1] if reverse else rows

    def scan(self, g, env, inits, stacks, block, nothing, reverse):
        out = []
        for row in zip(*(self.rows(g, s, reverse) for s in stacks)):
            both = self.run(g, env, [*inits, *row], block)
            inits = both[:len(inits)]
            out.append(both[len(inits):])
        columns = [list(c) for c in zip(*out)]
        return inits, [g.op("stack.default", f"[{', '.join(c[::-1] if reverse else c)}]") for c in columns]

    def map(self, g, env, stacks, block):
        out = [self.run(g, env, list(row), block) for row in zip(*(self.rows(g, s) for s in stacks))]
        return [g.op("stack.default", f"[{', '.join(c)}]") for c in zip(*out)]

    def prefixes(self, g, env, stacks, rank, combine):
        rows = list(zip(*(self.rows(g, s) for s in stacks)))
        out = [list(rows[0])]
        for row in rows[1:]:
            out.append(combine(g, out[-1], list(row), env))
        return [g.op("stack.default", f"[{', '.join(c)}]") for c in zip(*out)]

    def region(self, g, env, kind, own, block):
        out = self.run(g, env, own, block)
        return [g.op("detach.default", x) for x in out] if kind == "no_grad" else out

    def invoke(self, g, env, calls, block):
        out = []
        for own in calls:
            out += self.run(g, env, [out[-1] if i < 0 else env.x[i] for i in own], block)
        return out

    def norm(self, g, x, rest):
        return g.op("batch_norm.default", x, *rest)

    def function(self, g, a, w, straight, rank):
        if straight:
            value, other = g.op("mul.Tensor", g.op("round.default", g.op("mul.Tensor", a, 4.0)), 0.25), a
        else:
            value = g.op("tanh.default", g.op("matmul.default", a, w))
            other = g.op("mul.Tensor", value, 0.5)
        return [g.op("add.Tensor", other, g.op("detach.default", g.op("sub.Tensor", value, other)))]
