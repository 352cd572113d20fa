#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rules of this source tree that no compiler checks, as TAP.

usage: lint.py ROOT [--library LIB.so] [--archive LIB.a] [--format]
"""
import argparse, os, re, shutil, subprocess, sys

# A file includes from its own folder and from folders to the left of it.
LAYERS = ["base", "kernels", "graph", "ops", "text", "capture", "functionalize", "autograd", "partition", "transforms", "lower", "runtime", "tools"]
EVERYWHERE = "cotangent"  # <cotangent/…>
MAX_LINES, MAX_COLUMNS = 900, 120

# Variables of the library that change after the program has started. Each needs a reason.
WRITABLE = {}
# Of the compiler's run-time library and its instrumentation.
FOREIGN = re.compile(r"^(__cpu_|__gcov|__asan|__ubsan|__tsan|\.L|__odr_asan|completed\.|__dso_handle|_edata)")

# What a library must not do, and the file that may.
CALLS = {r"\b(abort|exit|_exit|quick_exit)\(": {"base/arena.c"}, r"\b(printf|puts|putchar)\(": set(), r"\bgetenv\(": set()}


def files(root, folders, endings):
    for folder in folders:
        for path, _, names in os.walk(os.path.join(root, folder)):
            for name in sorted(names):
                if name.endswith(endings):
                    yield os.path.relpath(os.path.join(path, name), root)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as f:
        return f.read()


def check_layers(root):
    for path in files(root, LAYERS, (".c", ".h", ".def")):
        own = LAYERS.index(path.split("/")[0])
        for i, line in enumerate(read(root, path).splitlines(), 1):
            m = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
            if not m:
                continue
            quoted, top = m[1] == '"', m[2].split("/")[0]
            if quoted and "/" not in m[2]:
                yield f"{path}:{i}: \"{m[2]}\" is not written from the root"
            elif m[2].endswith(".def"):  # a table that several folders expand
                continue
            elif top in LAYERS and LAYERS.index(top) > own:
                yield f"{path}:{i}: {path.split('/')[0]}/ includes {m[2]}"
            elif quoted and top not in LAYERS and top != EVERYWHERE:
                yield f"{path}:{i}: unknown folder {top}/"
            elif path.startswith("graph/") and top == "kernels" and not path.endswith(".h"):
                yield f"{path}:{i}: graphs know no kernels"


def check_sizes(root):
    for path in files(root, LAYERS + ["include", "tests", "examples", "bench"], (".c", ".h", ".py")):
        lines = read(root, path).splitlines()
        if len(lines) > MAX_LINES:
            yield f"{path}: {len(lines)} lines, {MAX_LINES} at most"
    for path in files(root, LAYERS + ["include", "tests", "examples", "bench"], (".c", ".h", ".def")):
        for i, line in enumerate(read(root, path).splitlines(), 1):
            if len(line) > MAX_COLUMNS and not path.endswith(".def"):  # tables: one row, one line
                yield f"{path}:{i}: {len(line)} columns, {MAX_COLUMNS} at most"
            if line != line.rstrip() or "\t" in line:
                yield f"{path}:{i}: blanks at the end, or a tab"


def check_heads(root):
    for path in files(root, LAYERS + ["include", "tests", "examples"], (".c", ".h", ".def")):
        lines = read(root, path).splitlines()
        if not lines or "SPDX-License-Identifier: MIT" not in lines[0]:
            yield f"{path}: the first line is no SPDX line"
        elif len(lines) > 1 and not lines[1].startswith((" * ", "// ")):
            yield f"{path}: no line says what the file is for"


def check_words(root):
    for path in files(root, LAYERS + ["include"], (".c", ".h", ".def")):
        for i, line in enumerate(read(root, path).splitlines(), 1):
            if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                yield f"{path}:{i}: {line.strip()}"
            for pattern, allowed in CALLS.items():
                if path.startswith("tools/") or path in allowed:
                    continue
                code = re.sub(r'"(\\.|[^"\\])*"|/\*.*?(\*/|$)|//.*', "", line)
                if not line.lstrip().startswith("*") and re.search(pattern, code):
                    yield f"{path}:{i}: {line.strip()}"


def check_lists(root):
    """Every source file stands in the meson.build of its folder or is included by another file."""
    included = set()
    for path in files(root, LAYERS, (".c", ".h", ".def")):
        included.update(re.findall(r'#\s*(?:include|define TEMPLATE)\s+"([^"]+)"', read(root, path)))
    for path in files(root, LAYERS, (".c",)):
        folder, listed = os.path.dirname(path), False
        while folder and not listed:
            build = os.path.join(root, folder, "meson.build")
            listed = os.path.exists(build) and f"'{os.path.relpath(path, folder)}'" in open(build, encoding="utf-8").read()
            folder = os.path.dirname(folder)
        if not listed and path not in included:
            yield f"{path}: in no meson.build"


def check_exports(library):
    out = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        name = line.split()[-1].split("@")[0]
        if not name.startswith("cot_") and not re.match(r"^(_init|_fini|__bss_start|_edata|_end)$", name):
            yield f"{name} is exported"


def check_globals(archive):
    out = subprocess.run(["objdump", "-t", archive], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        m = re.match(r"^[0-9a-f]+ .{7} (\S+)\s+([0-9a-f]+) (?:\.hidden )?(\S+)$", line)
        if not m or int(m[2], 16) == 0:
            continue
        section, name = m[1], m[3]
        writable = re.match(r"^(\.data(?!\.rel\.ro)|\.bss|\.tbss|\.tdata|\*COM\*)", section)
        if writable and not FOREIGN.match(name) and name not in WRITABLE:
            yield f"{name} in {section} can be written"


def check_format(root):
    if not os.path.exists(os.path.join(root, ".clang-format")) or not shutil.which("clang-format"):
        return
    paths = [p for p in files(root, LAYERS + ["include", "tests"], (".c", ".h"))]
    for path in paths:
        run = subprocess.run(["clang-format", "--dry-run", "-Werror", path], cwd=root, capture_output=True, text=True)
        if run.returncode:
            yield f"{path}: {run.stderr.count('warning:') + run.stderr.count('error:')} places differ from .clang-format"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("--library")
    parser.add_argument("--archive")
    parser.add_argument("--format", action="store_true")
    args = parser.parse_args()
    checks = [("includes go to the left", check_layers(args.root)), ("files and lines are short", check_sizes(args.root)),
              ("files say what they are for", check_heads(args.root)), ("no forbidden words and calls", check_words(args.root)),
              ("every source file is built", check_lists(args.root))]
    if args.library:
        checks.append(("exported symbols begin with cot_", check_exports(args.library)))
    if args.archive:
        checks.append(("no writable globals", check_globals(args.archive)))
    if args.format:
        checks.append(("formatted as .clang-format says", check_format(args.root)))
    failed = 0
    for i, (name, found) in enumerate(checks, 1):
        found = list(found)
        failed += bool(found)
        print(f"{'not ' if found else ''}ok {i} - {name}")
        for line in found[:50]:
            print("# " + line)
        if len(found) > 50:
            print(f"# … and {len(found) - 50} more")
    print(f"1..{len(checks)}")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
