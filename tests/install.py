#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The installed library serves an embedder: the examples are built against it from outside the tree and train. Prints TAP.

usage: install.py BUILD EXAMPLES CC…       EXAMPLES: a folder
"""
import os, re, shutil, subprocess, sys, tempfile

build, examples, cc = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:]
results = []


def step(name, command, environment=None):
    p = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(environment or {})})
    results.append((name, p.returncode == 0, (p.stderr or p.stdout).strip()[-300:]))
    return p


with tempfile.TemporaryDirectory() as root:
    step("meson install", ["meson", "install", "-C", build, "--no-rebuild", "--destdir", root])
    found = [os.path.dirname(os.path.join(d, f)) for d, _, files in os.walk(root) for f in files if f == "cotangent.pc"]
    flags = []
    if found:
        environment = {"PKG_CONFIG_PATH": found[0], "PKG_CONFIG_SYSROOT_DIR": root}
        p = step("pkg-config knows it", ["pkg-config", "--cflags", "--libs", "cotangent"], environment)
        flags = p.stdout.split()
    libraries = [f[2:] for f in flags if f.startswith("-L")]
    lines = len(open(os.path.join(examples, "embed.c")).read().splitlines())
    results.append(("the first example has at most 80 lines", lines <= 80, ""))
    for example in sorted(f for f in os.listdir(examples) if f.endswith(".c")):
        source, program = os.path.join(root, example), os.path.join(root, example[:-2])
        shutil.copy(os.path.join(examples, example), source)
        step(f"{example} compiles without warnings", [*cc, "-std=c11", "-Wall", "-Wextra", "-Werror", source, *flags, "-lm", "-o", program])
        p = step(f"{example} trains", [program], {"LD_LIBRARY_PATH": ":".join(libraries)})
        losses = [float(x) for x in re.findall(r"loss (\d+\.\d+)", p.stdout)]
        results.append((f"{example}: its loss falls a hundredfold", len(losses) > 2 and losses[-1] < losses[0] / 100, p.stdout[-200:]))
for i, (name, good, why) in enumerate(results, 1):
    print(f"{'ok' if good else 'not ok'} {i} - {name}{'' if good else ': ' + why}")
print(f"1..{len(results)}")
sys.exit(not all(good for _, good, _ in results))
