#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Programs that print inside of bodies, and inside of bodies of those: each effect happens once for each time its body runs
in the forward, never again in a backward that computes the body a second time, and gradients are those without it.

usage: effects.py PROGRAM       standard library only; prints TAP
"""
import json, os, re, struct, subprocess, sys, tempfile

SUM = '        sum_1: "f32[]" = torch.ops.aten.sum.default(g)\n        return (sum_1,)\n'
ALL, ROW = 'x: "f32[3, 4]", w: "f32[4]"', 'x: "f32[4]", w: "f32[4]"'
COUNTER = '        i: "i64[]" = torch.ops.aten.full.default([], 0, dtype = torch.int64)\n'


def body(name, parameters, shape, result, more=""):
    return (f'    class {name}(torch.nn.Module):\n        def forward(self, {parameters}):\n'
            "            _print = torch.ops.aten._print.default('once')\n"
            f'            mul: "f32[{shape}]" = torch.ops.aten.mul.Tensor(x, w)\n'
            f'            sin: "f32[{shape}]" = torch.ops.aten.sin.default(mul)\n' +
            "".join(f"            {line}\n" for line in more.splitlines()) + f"            return {result}\n")


def call(text, part=0):
    return "".join(f"        {line}\n" for line in text.splitlines()) + f'        g: "f32[3, 4]" = m[{part}]\n'


LIMIT = ('    class c(torch.nn.Module):\n        def forward(self, i: "i64[]", x: "f32[3, 4]", w: "f32[4]"):\n'
         '            lt: "b8[]" = torch.ops.aten.lt.Scalar(i, 5)\n')
NEXT = 'j: "i64[]" = torch.ops.aten.add.Tensor(i, 1)\n'
CARRY = 'n: "f32[4]" = torch.ops.aten.add.Tensor(sin, c)\no: "f32[4]" = torch.ops.aten.exp.default(n)\n'
WHILE = 'c = self.c\nb = self.b\nm = torch.ops.higher_order.while_loop(c, b, (i, x), (w,))'
# name: the call, its bodies, how often the forward prints
OPERATORS = {
    "map": (call("b = self.b\nm = torch.ops.higher_order.map_impl(b, [x], [w])"), body("b", ROW, "4", "[sin]"), 3),
    "scan": (call('b = self.b\nz: "f32[4]" = torch.ops.aten.mul.Tensor(w, 0.5)\n'
                  "m = torch.ops.higher_order.scan(b, [z], [x], [w])", 1), body("b", 'c: "f32[4]", ' + ROW, "4", "[n, o]", CARRY), 3),
    "associative_scan": (call("b = self.b\nm = torch.ops.higher_order.associative_scan(b, [x], ())"), body("b", ROW, "4", "[mul]"), 2),
    "while_loop": (COUNTER + call(WHILE, 1), LIMIT + "            return lt\n" + body("b", 'i: "i64[]", ' + ALL, "3, 4", "(j, sin)", NEXT), 5),
    "condition": (COUNTER + call(WHILE, 1),
                  LIMIT + "            _print = torch.ops.aten._print.default('once')\n            return lt\n" +
                  body("b", 'i: "i64[]", ' + ALL, "3, 4", "(j, sin)", NEXT).replace("            _print = torch.ops.aten._print.default('once')\n", ""), 6),
    "switch": (COUNTER + call("b = self.b\nb_1 = self.b\nm = torch.ops.higher_order.switch(i, [b, b_1], (x, w))"), body("b", ALL, "3, 4", "(sin,)"), 1),
    "hints": (call("b = self.b\nm = torch.ops.higher_order.hints_wrapper(b, (x, w), {}, hints = {'k': True})"), body("b", ALL, "3, 4", "(sin,)"), 1),
    "strict_mode": (call("b = self.b\nm = torch.ops.higher_order.strict_mode(b, (x, w))"), body("b", ALL, "3, 4", "(sin,)"), 1),
    "invoke_quant": (call("b = self.b\nm = torch.ops.higher_order.invoke_quant(b, x, w, scheme = 'nf4')"), body("b", ALL, "3, 4", "(sin,)"), 1),
    "wrap": (call("b = self.b\nm = torch.ops.higher_order.wrap(b, x, w)"), body("b", ALL, "3, 4", "(sin,)"), 1),
}
OUTER = {
    "alone": (None, 1),
    "region": ("outer = self.outer\nouter_1 = self.outer\nq = torch.ops.higher_order.invoke_subgraph(outer, 'outer', x, w)\n"
               "p: \"f32[3, 4]\" = q[0]\nm = torch.ops.higher_order.invoke_subgraph(outer_1, 'outer', p, w)", 2),
    "checkpoint": ("outer = self.outer\nm = torch.ops.higher_order.tag_activation_checkpoint(outer, x, w, use_reentrant = False)", 1),
    "cond": ("outer = self.outer\nouter_1 = self.outer\nt: \"f32[]\" = torch.ops.aten.sum.default(x)\n"
             "p: \"b8[]\" = torch.ops.aten.gt.Scalar(t, 0)\nm = torch.ops.higher_order.cond(p, outer, outer_1, (x, w))", 1),
    "map": ("outer = self.outer\nu: \"f32[2, 3, 4]\" = torch.ops.aten.stack.default([x, x])\n"
            "mm = torch.ops.higher_order.map_impl(outer, [u], [w])\nm_0: \"f32[2, 3, 4]\" = mm[0]\n"
            "m_1: \"f32[3, 4]\" = torch.ops.aten.sum.dim_IntList(m_0, [0])\nm = [m_1]", 2),
}


def program(operator, outer):
    lines, bodies, count = OPERATORS[operator]
    form, times = OUTER[outer]
    head = f'class GraphModule(torch.nn.Module):\n    def forward(self, {ALL}):\n'
    if not form:
        return head + lines + SUM + bodies, count
    indented = lambda text: "".join(f"    {line}\n" for line in text.splitlines())
    inner = f"    class outer(torch.nn.Module):\n        def forward(self, {ALL}):\n" + indented(lines + "        return (g,)\n") + indented(bodies)
    main = call(form).replace("        m = [m_1]\n        g: \"f32[3, 4]\" = m[0]\n", "        g: \"f32[3, 4]\" = torch.ops.aten.mul.Tensor(m_1, 1)\n")
    return head + main + SUM + inner, count * times


def write(path):
    values = {"input.x": ([3, 4], [0.2 + 0.05 * i for i in range(12)]), "input.w": ([4], [0.9, 0.4, 0.7, 1.1])}
    header, raw = {"__metadata__": {"requires_grad": "x,w"}}, b""
    for key, (shape, numbers) in values.items():
        data = struct.pack(f"<{len(numbers)}f", *numbers)
        header[key] = {"dtype": "F32", "shape": shape, "data_offsets": [len(raw), len(raw) + len(data)]}
        raw += data
    text = json.dumps(header).encode()
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + raw)


def run(cotangent, folder, text, options):
    """Status, how often it printed, and the results' bytes."""
    path, out = os.path.join(folder, "p.fx"), os.path.join(folder, "out.safetensors")
    with open(path, "w") as f:
        f.write(text)
    done = subprocess.run([cotangent, "run", path, "--data", os.path.join(folder, "d.safetensors"), "--out", out, *options],
                          capture_output=True, text=True, timeout=120)
    with open(out, "rb") as f:
        raw = f.read() if done.returncode == 0 else b""
    return done.returncode, done.stderr.count("once\n"), raw, done.stderr.strip()[-120:]


def main():
    cotangent, number, bad = sys.argv[1], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        write(os.path.join(folder, "d.safetensors"))
        open(os.path.join(folder, "out.safetensors"), "w").close()
        for operator in OPERATORS:
            for outer in OUTER:
                for options in ([], ["--memory-budget", "100000"]):
                    text, count = program(operator, outer)
                    status, printed, raw, last = run(cotangent, folder, text, options)
                    silent = re.sub(r" *_print = .*\n", "", text)
                    other = run(cotangent, folder, silent, options)
                    problem = (last if status else f"printed {printed} times, expected {count}" if printed != count
                               else "other results without the effect" if raw != other[2] else None)
                    number += 1
                    bad += problem is not None
                    name = f"{operator} in {outer}" + (", under a budget" if options else "")
                    print(f"{'not ok' if problem else 'ok'} {number} - {name}{': ' + problem if problem else ''}")
    print(f"1..{number}")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main())
