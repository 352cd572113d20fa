#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The program from outside: its fixed forms, and every kind of bad input. Standard library only; prints TAP.

usage: cli.py PROGRAM TESTS_FOLDER TRAIN_FOLDER
Refusals exit 1 with one line `PLACE: error: …` last on stderr; usage errors exit 2; nothing is left behind by a failed write.
"""
import json, os, re, struct, subprocess, sys, tempfile

PROGRAM, TESTS, TRAIN = (os.path.abspath(p) for p in sys.argv[1:4])
count = bad = 0


def case(name, good, why=""):
    global count, bad
    count += 1
    bad += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}{'' if good else ': ' + str(why)[:300]}", flush=True)


def run(*arguments, timeout=300):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=timeout)


def last(p):
    return (p.stderr.strip().splitlines() or [""])[-1]


def refused(name, p, *words):
    line = last(p)
    good = p.returncode == 1 and "error: " in line and all(w in line for w in words)
    case(name, good, f"exit {p.returncode}: {line}")


def write(path, entries, metadata=None, body=None, header=None):
    """A safetensors file; entries: {key: (dtype, shape, bytes)}. header and body replace what would be right."""
    head, data = {}, b""
    if metadata is not None:
        head["__metadata__"] = metadata
    for key, (dtype, shape, raw) in entries.items():
        head[key] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(head).encode() if header is None else header
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + (data if body is None else body))


def floats(*values):
    return struct.pack(f"<{len(values)}f", *values)


SMALL = '''class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2, 3]", w: "f32[3, 2]"):
        h = x @ w
        loss = (h * h).sum()
        return (loss, h)
'''


def layers(n):
    lines = ["class GraphModule(torch.nn.Module):",
             "    def forward(self, x: \"f32[4, 16]\", " + ", ".join(f"w{i}: \"f32[16, 16]\"" for i in range(n)) + "):"]
    value = "x"
    for i in range(n):
        lines += [f"        m{i} = {value} @ w{i}", f"        h{i} = m{i}.tanh() + {value}"]
        value = f"h{i}"
    return "\n".join(lines + [f"        loss = {value}.sum()", "        return (loss,)", ""])


def program(folder, text, name="p.fx"):
    path = os.path.join(folder, name)
    with open(path, "w") as f:
        f.write(text)
    return path


def usage():
    case("no arguments is a usage error", run().returncode == 2)
    case("--help teaches", run("--help").returncode == 0 and "torch.export" in run("--help").stdout)
    for command in ("run", "compile", "bench", "train", "view"):
        case(f"{command} --help", run(command, "--help").returncode == 0)
    case("an unknown command", run("fly").returncode == 2)
    case("an unknown option", run("run", "x.fx", "--fly").returncode == 2)
    case("an option without its value", run("run", "x.fx", "--data").returncode == 2)
    case("a count that is none", run("run", "x.fx", "--threads", "many").returncode == 2)
    case("an unknown stage", run("compile", os.path.join(TESTS, "models/mlp.fx"), "--emit", "soul").returncode == 2)
    case("an unknown training", run("train", "cats").returncode == 2)
    refused("a program that is not there", run("run", "/nonexistent/x.fx"), "x.fx")


def good_data():
    return {"input.x": ("F32", [2, 3], floats(1, 2, 3, 4, 5, 6)), "input.w": ("F32", [3, 2], floats(1, 0, 0, 1, 1, 1))}


def forms(folder):
    fx, data, out = program(folder, SMALL), os.path.join(folder, "d.safetensors"), os.path.join(folder, "o.safetensors")
    write(data, {**good_data(), "tangent.0": ("F32", [], floats(1))}, {"requires_grad": "w"})
    p = run("run", fx, "--data", data, "--out", out)
    case("run writes results", p.returncode == 0 and os.path.exists(out), last(p))
    raw = open(out, "rb").read() if os.path.exists(out) else b"\0" * 8
    keys = json.loads(raw[8:8 + struct.unpack("<Q", raw[:8])[0]] or b"{}")
    case("outputs and gradients by name", {"output.0", "output.1", "grad.w"} <= set(keys) and "grad.x" not in keys, keys)
    p = run("run", fx, "--data", data, "--infer", "--out", out)
    case("--infer has no gradients", p.returncode == 0 and b"grad." not in open(out, "rb").read(), last(p))
    p = run("run", fx, "--data", data, "--grad", "x,w", "--out", out)
    case("--grad names what to differentiate", p.returncode == 0 and b"grad.x" in open(out, "rb").read(), last(p))
    write(data, good_data(), {"requires_grad": "w"})
    refused("two differentiable outputs without tangents", run("run", fx, "--data", data), "scalar outputs")
    for stage in ("input", "functional", "joint", "forward", "backward", "plan"):
        p = run("compile", fx, "--grad", "w", "--emit", stage)
        case(f"--emit {stage}", p.returncode == 0 and len(p.stdout) > 50, last(p))
    p = run("compile", fx, "--grad", "w", "--stats")
    stats = json.loads(p.stdout.splitlines()[-1]) if p.returncode == 0 else {}
    case("--stats is one JSON line", {"compile_ms", "nodes", "saved_bytes", "saved", "peak_bytes"} <= set(stats), last(p))
    case("saved bytes are the sum of what is saved", stats.get("saved_bytes") == sum(s["bytes"] for s in stats.get("saved", [])), stats)
    both = [run("compile", fx, "--grad", "w", "--emit", "plan").stdout for _ in range(2)]
    case("the same graph, the same plan", both[0] == both[1])
    default = run("compile", os.path.join(TESTS, "models/mlp.fx"), "--partition", "default", "--stats")
    cut = run("compile", os.path.join(TESTS, "models/mlp.fx"), "--stats")
    case("a minimum cut saves no more than everything", default.returncode == cut.returncode == 0 and
         json.loads(cut.stdout.splitlines()[-1])["saved_bytes"] <= json.loads(default.stdout.splitlines()[-1])["saved_bytes"])
    p = run("compile", os.path.join(TESTS, "models/mlp.fx"), "--cost", "reference", "--emit", "forward")
    case("--cost reference", p.returncode == 0 and "return (" in p.stdout, last(p))
    for optimizer in ("", "sgd", "adamw"):
        extra = ["--optimizer", optimizer] if optimizer else []
        p = run("bench", os.path.join(TESTS, "models/mlp.fx"), "--data", os.path.join(TESTS, "models/mlp.safetensors"), "--seconds", "0.05", *extra)
        r = json.loads(p.stdout.splitlines()[-1]) if p.returncode == 0 else {}
        case(f"bench {optimizer or 'without optimizer'}", r.get("steps", 0) >= 8 and r["grad_norm"] > 0 and len(r["losses"]) == 5, last(p))
        if optimizer:
            case(f"{optimizer} lowers the loss", r and r["losses"][4] < r["losses"][0], r)
    p = run("bench", os.path.join(TESTS, "models/mlp.fx"), "--random", "--int-max", "5", "--seconds", "0.05")
    case("bench --random", p.returncode == 0, last(p))
    picture = os.path.join(folder, "g.dot")
    p = run("view", os.path.join(TESTS, "models/mlp.fx"), "-o", picture)
    case("view draws forward and backward", p.returncode == 0 and "cluster_b" in open(picture).read(), last(p))


def bad_programs(folder):
    def refuse(name, text, *words):
        refused(name, run("run", program(folder, text), "--infer"), *words)
    head = 'class GraphModule(torch.nn.Module):\n    def forward(self, x: "f32[2, 3]"):\n'
    refuse("an unknown operator is named, with the nearest", head + "        y = torch.ops.aten.sinn.default(x)\n        return (y,)\n", "aten.sinn", "did you mean")
    refuse("an undefined name", head + "        y = torch.ops.aten.sin.default(z)\n        return (y,)\n", "z")
    refuse("a cycle", head + "        y = torch.ops.aten.sin.default(z)\n        z = torch.ops.aten.sin.default(y)\n        return (z,)\n")
    refuse("sizes that do not fit", head + "        y = torch.ops.aten.mm.default(x, x)\n        return (y,)\n", "mm")
    refuse("a truncated program", SMALL[:100])
    refuse("an empty file", "")
    refuse("zeros", "\0" * 64)
    refuse("not a program", "hello\n")
    refuse("absurd sizes", 'class G(torch.nn.Module):\n    def forward(self, x: "f32[9223372036854775807, 9223372036854775807]"):\n        return (x,)\n')
    refuse("deep nesting", head + "        y = " + "(" * 100000 + "x" + ")" * 100000 + "\n        return (y,)\n")
    big = head + "        y = torch.ops.aten.expand.default(x, [4611686018427387904, 2, 3])\n        z = torch.ops.aten.clone.default(y)\n        return (z,)\n"
    write(os.path.join(folder, "x.safetensors"), {"input.x": ("F32", [2, 3], floats(*range(6)))})
    refused("an intermediate too large for any memory", run("run", program(folder, big), "--infer", "--data", os.path.join(folder, "x.safetensors")))
    line = last(run("run", program(folder, head + "        y = torch.ops.aten.sinn.default(x)\n        return (y,)\n")))
    case("errors have file, line and column", re.search(r"p\.fx:3:\d+: error: ", line) is not None, line)


def bad_data(folder):
    fx, data = program(folder, SMALL), os.path.join(folder, "bad.safetensors")

    def refuse(name, *words):
        refused(name, run("run", fx, "--data", data, "--infer"), *words)
    good = good_data()
    write(data, {"input.x": good["input.x"]})
    refuse("a missing weight", "w")
    write(data, {**good, "input.w": ("F32", [2, 3], floats(*range(6)))})
    refuse("a wrong shape", "w")
    write(data, {**good, "input.w": ("F64", [3, 2], struct.pack("<6d", *range(6)))})
    refuse("a wrong dtype", "w")
    write(data, good, body=b"1234")
    refuse("a truncated body", "bad.safetensors")
    write(data, {}, header=b'{"input.x": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}', body=b"0" * 24)
    refuse("a header that is no JSON", "bad.safetensors")
    for name, entry in {"offsets past the end": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 2400]},
                        "offsets that run backwards": {"dtype": "F32", "shape": [2, 3], "data_offsets": [24, 0]},
                        "a length that is not the shape's": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 20]},
                        "a shape that overflows": {"dtype": "F32", "shape": [2 ** 62, 2 ** 62], "data_offsets": [0, 24]},
                        "a negative size": {"dtype": "F32", "shape": [-2, -3], "data_offsets": [0, 24]},
                        "an unknown dtype": {"dtype": "F7", "shape": [2, 3], "data_offsets": [0, 24]}}.items():
        write(data, {}, header=json.dumps({"input.x": entry}).encode(), body=b"0" * 24)
        refuse(name, "bad.safetensors")
    with open(data, "wb") as f:
        f.write(struct.pack("<Q", 2 ** 63) + b"{}")
    refuse("a header longer than the file", "bad.safetensors")
    with open(data, "wb") as f:
        f.write(b"abc")
    refuse("a file of three bytes", "bad.safetensors")
    refused("a data file that is not there", run("run", fx, "--data", "/nonexistent/d.safetensors"), "d.safetensors")
    write(data, good)
    refused("an unwritable output", run("run", fx, "--data", data, "--infer", "--out", "/nonexistent/o.safetensors"), "o.safetensors")
    if os.path.exists("/dev/full"):
        out = os.path.join(folder, "kept.safetensors")
        run("run", fx, "--data", data, "--infer", "--out", out)
        before = open(out, "rb").read()
        refused("an output in a folder that cannot be written", run("run", fx, "--data", data, "--infer", "--out", "/proc/o.safetensors"))
        case("the old result is as it was", open(out, "rb").read() == before)
    nan = program(folder, SMALL.replace("x @ w", "(x @ w) * nan"), "nan.fx")
    case("NaN constants run", run("run", nan, "--data", data, "--infer").returncode == 0)
    refused("a name to differentiate that does not exist", run("run", fx, "--data", data, "--grad", "nobody"), "nobody")


def empty(folder):
    text = 'class G(torch.nn.Module):\n    def forward(self, x: "f32[0, 3]", w: "f32[3, 2]"):\n        h = (x @ w).relu()\n        s = h.sum()\n        return (s, h)\n'
    fx, data = program(folder, text), os.path.join(folder, "e.safetensors")
    write(data, {"input.x": ("F32", [0, 3], b""), "input.w": ("F32", [3, 2], floats(*range(6))), "tangent.0": ("F32", [], floats(1))}, {"requires_grad": "w,x"})
    p = run("run", fx, "--data", data)
    case("a zero batch trains", p.returncode == 0 and "grad.w" in p.stdout, last(p))


def masks(folder):
    """Sums of dropout over ones, in bodies of bodies and in checkpoints, which square it: each backward has the forward's
    masks where the gradient is the sum times its degree."""
    data = os.path.join(folder, "masks.safetensors")
    write(data, {"input.s": ("F32", [], floats(1))}, {"requires_grad": "s"})
    for name, degree in (("masks", 1), ("checkpoint_masks", 2)):
        found = set()
        for seed in range(3):
            p = run("run", os.path.join(TESTS, "control", name + ".fx"), "--data", data, "--seed", seed)
            sums = [float(s) for s in re.findall(r"f32\[\]  (\S+)", p.stdout)]
            same = len(sums) == 2 and degree * sums[0] == sums[1]
            case(f"{name}, seed {seed}: the backward has the masks of the forward", same, last(p) or sums)
            found.add(sums[0] if sums else "")
        case(f"{name}: each seed has masks of its own", len(found) > 1, found)


def scale(folder):
    """Work of the passes, counted in visits of nodes, grows as the program does."""
    visits = {}
    for n in (16, 32, 64, 128):
        p = run("compile", program(folder, layers(n)), "--grad", ",".join(f"w{i}" for i in range(n)), "--stats")
        visits[n] = json.loads(p.stdout.splitlines()[-1])["node_visits"] if p.returncode == 0 else 0
        case(f"{n} layers compile", p.returncode == 0, last(p))
    for n in (16, 32, 64):
        case(f"twice {n} layers are at most twice the work", 0 < visits[2 * n] <= 2 * visits[n] + 200, visits)


def training(folder):
    saved = os.path.join(folder, "w.safetensors")
    p = run("train", "digits", "--steps", "60", "--save", saved, "--data-dir", TRAIN)
    accuracy = re.search(r"^accuracy (\d+\.\d) %$", p.stdout, re.M)
    case("digits reach 90 % in 60 steps", p.returncode == 0 and accuracy and float(accuracy[1]) >= 90, last(p) or p.stdout[-200:])
    case("the plan is told first", "saved for the backward" in p.stdout and "arena" in p.stdout, p.stdout[:300])
    p = run("train", "digits", "--steps", "80", "--resume", saved, "--data-dir", TRAIN)
    case("a saved training goes on", p.returncode == 0 and "step 61/80" in p.stdout, last(p) or p.stdout[-300:])
    losses = [float(x) for x in re.findall(r"loss (\d+\.\d+)", p.stdout)]
    case("from the loss it had", losses and losses[0] < 0.5, losses)
    first, second = (run("train", "digits", "--steps", "12", "--seed", "3", "--data-dir", TRAIN, "--save", os.path.join(folder, n)) for n in "ab")
    same = first.returncode == second.returncode == 0 and open(os.path.join(folder, "a"), "rb").read() == open(os.path.join(folder, "b"), "rb").read()
    case("the same seed gives the same bits", same, last(first))
    p = run("train", "gpt", "--steps", "3", "--data-dir", TRAIN, "--text", os.path.join(TRAIN, "export.py"))
    case("gpt trains on a given text and writes", p.returncode == 0 and "sample:" in p.stdout, last(p) or p.stdout[-200:])
    refused("a text that is not there", run("train", "gpt", "--steps", "1", "--data-dir", TRAIN, "--text", "/nonexistent/text"))
    refused("a training folder that is not there", run("train", "digits", "--data-dir", "/nonexistent"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        for part in (lambda: usage(), lambda: forms(folder), lambda: bad_programs(folder), lambda: bad_data(folder), lambda: empty(folder),
                     lambda: masks(folder), lambda: scale(folder), lambda: training(folder)):
            part()
    print(f"1..{count}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
