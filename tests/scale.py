#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The work of compiling, counted in visits of nodes, grows as the program does: twice the program, twice the work.

usage: scale.py PROGRAM
Programs with larger bodies, more branches, calls, loops and carries, and regions that stand in each other. Every body
has a copy of all that stands in it, in forward and in joint, so the depth of calls costs more than the rest: it is
bounded here. Standard library only; prints TAP.
"""
import json, os, subprocess, sys, tempfile

MATRIX = '"f32[4, 4]"'


def module(name, inputs, lines, result, children=(), indent=0):
    pad = " " * indent
    head = "".join(f", {n}: {MATRIX}" for n in inputs)
    out = [f"{pad}class {name}(torch.nn.Module):", f"{pad}    def forward(self{head}):"]
    out += [f"{pad}        {line}" for line in lines] + [f"{pad}        return {result}", ""]
    for child, parts in children:
        out.append(module(child, *parts, indent=indent + 4))
    return "\n".join(out)


def call(name, *args):
    return f"torch.ops.higher_order.{name}({', '.join(args)})"


def aten(name, *args):
    return f"torch.ops.aten.{name}({', '.join(map(str, args))})"


def product(factor, inputs=("x", "w"), more=()):
    """A body whose constant makes it another than its neighbours."""
    lines = [f"h = {aten('mm.default', 'x', 'w')}", f"o = {aten('mul.Tensor', 'h', factor)}", *more]
    return list(inputs), lines, "(o,)"


def body_of_a_scan(n):
    lines = ["h0 = a"]
    for k in range(n):
        lines += [f"m{k} = {aten('mm.default', f'h{k}', 'w')}", f"h{k + 1} = {aten('tanh.default', f'm{k}')}"]
    lines[0] = f"h0 = {aten('add.Tensor', 'a', 'i')}"
    body = (["a", "i", "w"], [*lines, f"o = {aten('mul.Tensor', f'h{n}', 2)}"], f"[h{n}, o]")
    outer = ["b = self.b", f"s = {aten('stack.default', '[x, x]')}"]
    outer += [f"r = {call('scan', 'b', '[x]', '[s]', '(w,)')}", "c = r[0]"]
    return module("GraphModule", ["x", "w"], outer, "(c,)", [("b", body)])


def branches_of_a_switch(n):
    lines = [f"s = {aten('sum.default', 'x')}", f"i = {aten('to.dtype', 's', 'torch.int64')}"]
    lines += [f"b{k} = self.b{k}" for k in range(n)]
    lines += [f"r = {call('switch', 'i', '[' + ', '.join(f'b{k}' for k in range(n)) + ']', '(x, w)')}", "o = r[0]"]
    return module("GraphModule", ["x", "w"], lines, "(o,)", [(f"b{k}", product(k + 0.5)) for k in range(n)])


def calls(bodies):
    """Calls of these bodies, each on what the last one gave."""
    lines = []
    for k, b in enumerate(bodies):
        last = f"y{k - 1}" if k else "x"
        lines += [f"s{k} = self.{b}", f"r{k} = {call('invoke_subgraph', f's{k}', repr(b), last, 'w')}"]
        lines.append(f"y{k} = r{k}[0]")
    return lines


def calls_of_a_body(n):
    lines = calls(n * ["b"])
    return module("GraphModule", ["x", "w"], lines, f"(y{n - 1},)", [("b", product(0.5))])


def bodies(n):
    lines = calls([f"b{k}" for k in range(n)])
    return module("GraphModule", ["x", "w"], lines, f"(y{n - 1},)", [(f"b{k}", product(k + 0.5)) for k in range(n)])


def conds(n):
    lines = []
    for k in range(n):
        last = f"y{k - 1}" if k else "x"
        lines += [f"m{k} = {aten('sum.default', last)}", f"p{k} = {aten('gt.Scalar', f'm{k}', 0)}"]
        lines += [f"a{k} = self.a{k}", f"b{k} = self.b{k}"]
        lines += [f"r{k} = {call('cond', f'p{k}', f'a{k}', f'b{k}', f'({last}, w)')}", f"y{k} = r{k}[0]"]
    children = [(f"{c}{k}", product(k + f)) for k in range(n) for c, f in (("a", 0.25), ("b", 0.5))]
    return module("GraphModule", ["x", "w"], lines, f"(y{n - 1},)", children)


def scans(n):
    lines, children = [], []
    for k in range(n):
        last = f"y{k - 1}" if k else "x"
        lines += [f"q{k} = {aten('stack.default', f'[{last}, x]')}", f"a{k} = self.a{k}"]
        lines += [f"r{k} = {call('scan', f'a{k}', f'[{last}]', f'[q{k}]', '(w,)')}", f"y{k} = r{k}[0]"]
        inputs, steps, _ = product(k + 0.5, ("x", "i", "w"), [f"c = {aten('add.Tensor', 'h', 'i')}"])
        children.append((f"a{k}", (inputs, steps, "[c, o]")))
    return module("GraphModule", ["x", "w"], lines, f"(y{n - 1},)", children)


def carries(n):
    names = [f"a{k}" for k in range(n)]
    lines = [f"{a} = {aten('mul.Tensor', 'x', k + 0.5)}" for k, a in enumerate(names)]
    lines += [f"q = {aten('stack.default', '[x, x]')}", "b = self.b"]
    lines += [f"r = {call('scan', 'b', '[' + ', '.join(names) + ']', '[q]', '()')}", f"y = r[{n - 1}]"]
    step = [f"o{k} = {aten('mul.Tensor', a, names[k - 1])}" for k, a in enumerate(names)]
    body = ([*names, "i"], step, "[" + ", ".join(f"o{k}" for k in range(n)) + "]")
    return module("GraphModule", ["x", "w"], lines, "(y,)", [("b", body)])


def nested(name, *more):
    """n regions in each other."""
    def parts(n):
        if n == 0:
            return product(0.5)
        head = ["a"] if name != "invoke_subgraph" else ["a", f"'depth_{n}'"]
        lines = ["a = self.a", f"r = {call(name, *head, 'x', 'w', *more)}", "g = r[0]"]
        lines.append(f"o = {aten('sin.default', 'g')}")
        return ["x", "w"], lines, "(o,)", [("a", parts(n - 1))]

    return lambda n: module("GraphModule", *parts(n))


def nested_conds(n):
    def parts(k):
        if k == 0:
            return product(0.5)
        lines = [f"s = {aten('sum.default', 'x')}", f"p = {aten('gt.Scalar', 's', 0)}", "a = self.a", "b = self.b"]
        lines += [f"r = {call('cond', 'p', 'a', 'b', '(x, w)')}", "g = r[0]", f"o = {aten('sin.default', 'g')}"]
        return ["x", "w"], lines, "(o,)", [("a", parts(k - 1)), ("b", product(k))]

    return module("GraphModule", *parts(n))


KINDS = [  # name, program, smallest, how much twice of it may cost
    ("operators in a scan's body", body_of_a_scan, 50, 2), ("branches of a switch", branches_of_a_switch, 25, 2),
    ("calls of a body", calls_of_a_body, 250, 2), ("bodies called once", bodies, 50, 2), ("conds", conds, 25, 2),
    ("scans", scans, 25, 2), ("carries", carries, 25, 2), ("wraps in each other", nested("wrap"), 12, 2),
    ("checkpoints in each other", nested("tag_activation_checkpoint", "use_reentrant = False"), 12, 2),
    ("conds in each other", nested_conds, 8, 7), ("called bodies in each other", nested("invoke_subgraph"), 12, 7)]


def main():
    program, count, bad = os.path.abspath(sys.argv[1]), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "program.fx")
        for name, make, least, factor in KINDS:
            visits = []
            for n in (least, 2 * least, 4 * least):
                with open(path, "w") as f:
                    f.write(make(n))
                command = [program, "compile", path, "--grad", "x,w", "--stats"]
                p = subprocess.run(command, capture_output=True, text=True)
                found = json.loads(p.stdout.splitlines()[-1])["node_visits"] if p.returncode == 0 else p.stderr[-200:]
                visits.append(found)
            good = all(isinstance(v, int) for v in visits)
            good = good and all(b <= factor * a + 300 for a, b in zip(visits, visits[1:]))
            count += 1
            bad += not good
            print(f"{'ok' if good else 'not ok'} {count} - {name}: {visits}", flush=True)
    print(f"1..{count}")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
