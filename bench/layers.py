#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Equal layers as calls of one body (invoke_subgraph) and written out: what compiling and a step cost.

usage: layers.py PROGRAM [--layers 1,8,64] [--rows 256] [--width 256] [--seconds 2] [--threads 2]
A layer is x + linear(gelu(linear(layer_norm(x)))) of width -> 4 width -> width; each call has weights of its own. Times
of both forms are taken in turns; the ratio is of the best medians. Standard library only.
"""
import argparse
import json
import os
import subprocess
import tempfile

PARAMETERS = ("scale", "shift", "up", "up_bias", "down", "down_bias")


def shapes(width):
    return [[width], [width], [4 * width, width], [4 * width], [width, 4 * width], [width]]


def kind(sizes):
    return "f32[" + ", ".join(map(str, sizes)) + "]"


def layer(rows, width, x, names, prefix, indent):
    """The lines of one layer, and its result's name."""
    scale, shift, up, up_bias, down, down_bias = names
    call = "torch.ops.aten."
    lines = [
        (f"{prefix}norm", kind([rows, width]), f"{call}layer_norm.default({x}, [{width}], {scale}, {shift})"),
        (f"{prefix}wide", kind([rows, 4 * width]), f"{call}linear.default({prefix}norm, {up}, {up_bias})"),
        (f"{prefix}gelu", kind([rows, 4 * width]), f"{call}gelu.default({prefix}wide)"),
        (f"{prefix}back", kind([rows, width]), f"{call}linear.default({prefix}gelu, {down}, {down_bias})"),
        (f"{prefix}sum", kind([rows, width]), f"{call}add.Tensor({x}, {prefix}back)"),
    ]
    return [f'{indent}{name}: "{t}" = {text}' for name, t, text in lines], f"{prefix}sum"


def program(layers, rows, width, calls):
    inputs = [("x", kind([rows, width]))]
    for i in range(layers):
        inputs += [(f"p{i}_{name}", kind(s)) for name, s in zip(PARAMETERS, shapes(width))]
    text = ["ExportedProgram:", "    class GraphModule(torch.nn.Module):"]
    text.append("        def forward(self, " + ", ".join(f'{n}: "{t}"' for n, t in inputs) + "):")
    x, indent = "x", " " * 12
    for i in range(layers):
        names = [f"p{i}_{name}" for name in PARAMETERS]
        if calls:
            text.append(f"{indent}body_{i} = self.body")
            text.append(f"{indent}call_{i} = torch.ops.higher_order.invoke_subgraph(body_{i}, 'body', "
                        + ", ".join([x] + names) + ")")
            text.append(f'{indent}y_{i}: "{kind([rows, width])}" = call_{i}[0]')
            x = f"y_{i}"
        else:
            lines, x = layer(rows, width, x, names, f"l{i}_", indent)
            text += lines
    text += [f'{indent}loss: "f32[]" = torch.ops.aten.mean.default({x})', f"{indent}return (loss,)"]
    if calls:
        text += ["", "        class body(torch.nn.Module):"]
        arguments = ["x"] + list(PARAMETERS)
        types = [kind([rows, width])] + [kind(s) for s in shapes(width)]
        text.append("            def forward(self, " + ", ".join(f'{n}: "{t}"' for n, t in zip(arguments, types)) + "):")
        lines, out = layer(rows, width, "x", PARAMETERS, "", " " * 16)
        text += lines + [f"                return ({out},)"]
    text += ["", "Graph signature:", "    # inputs", "    x: USER_INPUT"]
    text += [f"    {n}: PARAMETER target='{n}'" for n, _ in inputs[1:]]
    return "\n".join(text + ["", "    # outputs", "    loss: USER_OUTPUT", "", "Range constraints: {}", ""])


def measure(executable, path, options):
    out = subprocess.run([executable, "bench", path, "--random", "--seconds", str(options.seconds), "--threads",
                          str(options.threads)], stdout=subprocess.PIPE, check=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--layers", default="1,8,64")
    parser.add_argument("--rows", type=int, default=256)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"{'layers':>6} {'compile ms: calls':>18} {'written out':>12} {'step ms: calls':>15} {'written out':>12} ratio")
    with tempfile.TemporaryDirectory() as folder:
        for layers in map(int, options.layers.split(",")):
            best = {}
            for calls in (True, False):
                with open(os.path.join(folder, f"{calls}.fx"), "w") as f:
                    f.write(program(layers, options.rows, options.width, calls))
            for _ in range(options.rounds):
                for calls in (True, False):
                    r = measure(options.program, os.path.join(folder, f"{calls}.fx"), options)
                    old = best.get(calls, r)
                    best[calls] = {k: min(r[k], old[k]) for k in ("compile_ms", "step_ms_median")}
            a, b = best[True], best[False]
            print(f"{layers:6} {a['compile_ms']:18.1f} {b['compile_ms']:12.1f} {a['step_ms_median']:15.3f} "
                  f"{b['step_ms_median']:12.3f} {a['step_ms_median'] / b['step_ms_median']:5.3f}", flush=True)


if __name__ == "__main__":
    main()
