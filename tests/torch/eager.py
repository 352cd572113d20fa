#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The random nested programs of tests/nested.py against PyTorch's eager mode.

usage: eager.py PROGRAM [--count N] [--seed S] [--keep DIR] [--text FX DATA]
The text of a program is run as the Python that it is: PyTorch's operators, and Python's own `if`, `for` and `while` for
what has bodies, so that autograd differentiates what PyTorch itself cannot. Results, written inputs and gradients must
be the same. What eager refuses we must refuse, and also a value that a body saved and the program then wrote. --text
compares one file. Prints TAP. Needs torch, safetensors.
"""
import argparse, os, re, subprocess, sys, tempfile
import torch
from safetensors import safe_open
from safetensors.torch import load_file
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import control, nested, nested_kits


def call(body, *operands):
    return control.call(body, *operands)


def under(mode, body, operands):
    with mode:
        return call(body, *operands)


def function_apply(forward, backward, *operands, non_differentiable_idx, saved_for_backward_idx):
    class Own(torch.autograd.Function):
        @staticmethod
        def forward(ctx, *xs):
            out, ctx.kept = forward.forward(*xs)
            return tuple(out)

        @staticmethod
        def backward(ctx, *gradients):
            return tuple(backward.forward(*gradients, *ctx.kept))

    return Own.apply(*operands)


def scan(body, init, xs, additional):
    carry, rows = tuple(init), []
    for k in range(len(xs[0])):
        out = call(body, *carry, *(x[k] for x in xs), *additional)
        carry, row = out[:len(carry)], out[len(carry):]
        rows.append(row)
    return (*carry, *(None if c[0] is None else torch.stack(c) for c in zip(*rows)))


OPERATORS = {
    **control.OPERATORS, "scan": scan, "autograd_function_apply": function_apply,
    "wrap": call, "tag_activation_checkpoint": lambda body, *xs, use_reentrant: call(body, *xs),
    "wrap_with_set_grad_enabled": lambda on, body, *xs: under(torch.set_grad_enabled(on), body, xs),
    "wrap_with_autocast": lambda device, dtype, on, cache, body, *xs:
        under(torch.autocast(device, dtype, on), body, xs),
    "switch": lambda index, bodies, operands: call(bodies[max(0, min(int(index), len(bodies) - 1))], *operands),
}


def module(text):
    """The module of a text, with Python for its operators, and the names of its inputs."""
    space = {"torch": torch, "device": torch.device, "inf": float("inf"), "nan": float("nan")}
    space.update({"_" + name: f for name, f in OPERATORS.items()})
    exec(re.sub(r"torch\.ops\.higher_order\.(\w+)\(", r"_\1(", text), space)

    def make(c):
        made = c()
        for name, inner in vars(c).items():
            if isinstance(inner, type):
                object.__setattr__(made, name, make(inner))
        return made

    head = re.search(r"def forward\(self, (.*)\):", text).group(1)
    return make(space["GraphModule"]), re.findall(r"(\w+): \"", head)


def reference(fx, data):
    """What PyTorch computes: {output.K, final.NAME, grad.NAME}, and which of it has a tangent; raises what it refuses."""
    with open(fx) as f:
        made, names = module(f.read())
    with safe_open(data, "pt") as f:
        requires = f.metadata()["requires_grad"].split(",")
    tensors = load_file(data)
    leaves = {n: tensors["input." + n].clone().requires_grad_(n in requires) for n in names if n != "s0"}
    inputs = {n: t.clone() for n, t in leaves.items()}
    results = made.forward(*(int(tensors["input.s0"]) if n == "s0" else inputs[n] for n in names))
    out = {f"output.{k}": x for k, x in enumerate(results)}
    out.update({f"final.{n}": x for n, x in inputs.items() if not torch.equal(x, leaves[n])})
    used = [k for k, x in out.items() if x.requires_grad and "tangent." + k.replace("output.", "") in tensors]
    pairs = [(out[k], tensors["tangent." + k.replace("output.", "")]) for k in used]
    found = {k: x.detach() for k, x in out.items()}
    wanted = [n for n in leaves if leaves[n].requires_grad]
    if pairs and wanted:
        of, tangents = zip(*pairs)
        grads = torch.autograd.grad(of, [leaves[n] for n in wanted], tangents, allow_unused=True)
        found.update({"grad." + n: g for n, g in zip(wanted, grads) if g is not None})
    return found, used


def differ(want, found, tolerance):
    top = max([1.0, *(float(t.abs().max()) for k, t in want.items() if t.is_floating_point() and t.numel())])
    for key in sorted({*want, *found}):
        a, b = want.get(key), found.get(key)
        if a is None or b is None:
            if not key.startswith("grad.") or float((b if a is None else a).abs().max()) > 0:
                return f"{key}: {'not expected' if a is None else 'missing'}"
            continue
        if a.shape != b.shape or a.dtype != b.dtype:
            return f"{key}: {b.dtype}{list(b.shape)}, expected {a.dtype}{list(a.shape)}"
        worst = float((a.double() - b.double()).abs().max()) if a.numel() else 0
        if not worst <= tolerance * top:
            return f"{key}: largest difference {worst:.3g}"
    return None


def compare(program, fx, data, tolerance):
    """None, or why our results are not PyTorch's."""
    try:
        (want, _), refused = reference(fx, data), None
    except RuntimeError as error:
        want, refused = None, str(error).split("\n")[0]
    out = fx + ".found"
    p = subprocess.run([program, "run", fx, "--data", data, "--out", out], capture_output=True, text=True, timeout=120)
    if p.returncode:
        message = p.stderr.strip()
        if refused or "modified by an inplace" in message:
            return None
        nothing = "no output depends" in message and not any(k.startswith("grad.") for k in want)
        return None if nothing else f"exit {p.returncode}: {message[-300:]}"
    return f"not refused: {refused}" if refused else differ(want, load_file(out), tolerance)


def check_printed(program, fx, data, tolerance):
    """Why the printed forward and backward, run as Python, do not give what the program does, or None."""
    (want, used), printed = reference(fx, data), {}
    grads = {k[5:]: g for k, g in want.items() if k.startswith("grad.")}
    if not grads:
        return None
    for stage in ("forward", "backward"):
        p = subprocess.run([program, "compile", fx, "--data", data, "--emit", stage], capture_output=True, text=True,
                           timeout=60)
        if p.returncode:
            return f"{stage} is not printed: {p.stderr.strip()[-200:]}"
        printed[stage] = p.stdout
    tensors = load_file(data)
    with open(fx) as f:
        names = module(f.read())[1]
    with torch.no_grad():
        made, inputs = module(printed["forward"])
        values = {n: int(tensors["input.s0"]) if o == "s0" else tensors["input." + o] for n, o in zip(inputs, names)}
        results = made.forward(*values.values())
        returned = re.search(r"^        return \((.*)\)$", printed["forward"], re.M).group(1)
        values.update(zip((r.strip() for r in returned.rstrip(",").split(",")), results))
        made, inputs = module(printed["backward"])
        if f"tangents_{len(used) + 1}" in inputs:  # of a branch that was not taken, or a loop that did not run
            used = [k for k in want if "tangent." + k[7:] in tensors]
        values.update({f"tangents_{i + 1}": tensors["tangent." + k[7:]] for i, k in enumerate(used)})
        missing = [n for n in inputs if n not in values]
        if missing:
            return f"the backward takes {missing[0]}, which the forward does not give"
        found = made.forward(*(values[n] for n in inputs))
    mine = {"grad." + n: g for n, g in zip(names, found) if g is not None and n in grads}
    outputs = {k: results[int(k[7:])] for k in want if k.startswith("output.")}
    why = differ({k: v for k, v in want.items() if not k.startswith("final.")}, {**outputs, **mine}, tolerance)
    return "printed: " + why if why else None


def check(program, seed, folder):
    case = nested.Case(seed)
    if "dropout" in case.features:
        return "skip random numbers"
    path = os.path.join(folder, f"nested_{seed}")
    with open(path + ".fx", "w") as f:
        f.write(case.text(nested_kits.Real))
    data, tensors = path + ".safetensors", case.tensors()
    case.write(data, tensors)
    first = nested.run(program, path + ".fx", data, "--infer")
    if isinstance(first, str):
        return first
    tensors.update(nested.tangents(case, first))
    case.write(data, tensors)
    tolerance = 4e-2 if "autocast" in case.features else nested.FIXED
    why = compare(program, path + ".fx", data, tolerance)
    simple = not case.features & {"written", "norm", "views"}  # what the runtime does around the stages is not printed
    return check_printed(program, path + ".fx", data, tolerance) if simple and not why else why


def main():
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("--count", type=int, default=60)
    p.add_argument("--seed", type=int, default=20000)
    p.add_argument("--keep", help="leave programs and data here")
    p.add_argument("--text", nargs=2, help="one program and its data")
    a = p.parse_args()
    program = os.path.abspath(a.program)
    if a.text:
        print(compare(program, *a.text, nested.FIXED))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = a.keep or temporary
        os.makedirs(folder, exist_ok=True)
        failed = 0
        print(f"1..{a.count}")
        for k in range(a.count):
            why = check(program, a.seed + k, folder)
            skip = why is not None and why.startswith("skip ")
            failed += why is not None and not skip
            print(f"{'ok' if why is None or skip else 'not ok'} {k + 1} - seed {a.seed + k}"
                  + (f" # SKIP {why[5:]}" if skip else f": {why}" if why else ""), flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
