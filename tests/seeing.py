#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What shows where time and memory go: profiles, timelines, pictures of the arena. Standard library only; prints TAP.

usage: seeing.py PROGRAM TESTS_FOLDER
"""
import json, os, re, subprocess, sys, tempfile
import xml.etree.ElementTree as xml

PROGRAM, TESTS = (os.path.abspath(p) for p in sys.argv[1:3])
MLP = os.path.join(TESTS, "models/mlp.fx")
count = bad = 0


def case(name, good, why=""):
    global count, bad
    count += 1
    bad += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}{'' if good else ': ' + str(why)[:300]}", flush=True)


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=300)


def profile(folder):
    p = run("bench", MLP, "--random", "--int-max", "5", "--seconds", "0.05", "--threads", "2", "--profile")
    lines = p.stdout.splitlines()
    case("bench --profile ends with its JSON line", p.returncode == 0 and "step_ms_min" in json.loads(lines[-1]), p.stderr)
    machine = re.search(r"machine: 2 threads, f32 (\d+) GFLOP/s, memory read ([\d.]+) and write ([\d.]+) GB/s", p.stdout)
    case("the machine's peaks are told", machine and all(float(x) > 0 for x in machine.groups()), p.stdout[:300])
    step = re.search(r"step ([\d.]+) ms: (\d+) kernels, forward ([\d.]+) ms, backward ([\d.]+) ms, outside of kernels ([\d.]+) ms", p.stdout)
    parts = [float(x) for x in step.groups()] if step else [0] * 5
    case("the parts add up to the step", step and abs(sum(parts[2:]) - parts[0]) < 0.003 and min(parts[1:4]) > 0, parts)
    rows = [m.groups() for m in (re.match(r"\s*([\d.]+)\s+([\d.]+)%\s+(\d+)\s+[\d.]+\s+[\d.]+\s+\d+%\s+\d+%  (\S+)", l) for l in lines) if m]
    case("the lines name every kernel", sum(int(r[2]) for r in rows) == parts[1], rows)
    case("products are among them", any("mm" in r[3] for r in rows), rows)


def trace(folder):
    path = os.path.join(folder, "t.json")
    p = run("bench", MLP, "--random", "--int-max", "5", "--seconds", "0.05", "--threads", "2", "--trace", path)
    events = json.load(open(path))["traceEvents"] if p.returncode == 0 else []
    spans = [e for e in events if e["ph"] == "X"]
    case("a timeline is JSON of spans", spans and all({"name", "cat", "pid", "tid", "ts", "dur"} <= e.keys() for e in spans), p.stderr)
    kernels = sorted((e for e in spans if e["tid"] == 0), key=lambda e: e["ts"])
    case("kernels follow each other", all(a["ts"] + a["dur"] <= b["ts"] + 0.002 for a, b in zip(kernels, kernels[1:])))
    case("the first begins at nought", kernels and kernels[0]["ts"] == 0)
    case("forward and backward are told apart", {e["cat"] for e in kernels} == {"forward", "backward"}, [e["cat"] for e in kernels])
    rows = {e["tid"]: e["args"]["name"] for e in events if e["ph"] == "M"}
    case("each row has a name", {e["tid"] for e in spans} <= rows.keys(), rows)
    p = run("bench", MLP, "--random", "--int-max", "5", "--seconds", "0.01", "--trace", "/nonexistent/t.json")
    case("a timeline that cannot be written is refused", p.returncode == 1 and "error: " in p.stderr, p.stderr)
    case("calls hold their kernels", nested(os.path.join(folder, "n.json")))


def nested(path):
    p = run("bench", os.path.join(TESTS, "programs/invoke_twice.fx"), "--random", "--seconds", "0.01", "--grad", "a_1,a_2", "--trace", path)
    if p.returncode:
        return False
    spans = [e for e in json.load(open(path))["traceEvents"] if e["ph"] == "X" and e["tid"] == 0]
    calls = [e for e in spans if "invoke" in e["args"]["operator"]]
    inside = [e for e in spans for c in calls if e is not c and c["ts"] <= e["ts"] and e["ts"] + e["dur"] <= c["ts"] + c["dur"] + 0.002]
    return bool(calls) and bool(inside)


def memory(folder):
    path = os.path.join(folder, "m.svg")
    for extra in ((), ("--infer",), ("--step",), ("--optimizer", "adamw")):
        p = run("view", MLP, "--memory", "-o", path, *extra)
        rects = [e for e in xml.parse(path).iter("{http://www.w3.org/2000/svg}rect") if len(e)] if p.returncode == 0 else []
        texts = "".join(t for e in xml.parse(path).iter() for t in e.itertext()) if rects else ""
        case(f"view --memory {' '.join(extra)} draws blocks", rects, p.stderr)
        case("it says where the backward begins", ("backward" in texts) and (" mm" in texts or "mm: " in texts or "addmm" in texts), texts[:300])
        boxes = [tuple(float(e.get(k)) for k in ("x", "y", "width", "height")) for e in rects]
        clash = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i]
                 if a[0] + a[2] > b[0] + 0.2 and b[0] + b[2] > a[0] + 0.2 and a[1] + a[3] > b[1] + 0.2 and b[1] + b[3] > a[1] + 0.2]
        case("no two blocks lie over each other", not clash, clash[:1])
    p = run("view", MLP, "--memory", "-o", "/nonexistent/m.svg")
    case("a picture that cannot be written is refused", p.returncode == 1 and "error: " in p.stderr, p.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        for part in (profile, trace, memory):
            part(folder)
    print(f"1..{count}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
