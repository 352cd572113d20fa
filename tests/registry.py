#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tables of docs/ against what they describe: every row of docs/conformance.md is there and names tests that exist and
are run; every higher-order operator has its row in docs/higher-order-operators.md, which says what its record has. TAP.

usage: registry.py SOURCE LISTING      LISTING: a program that prints a line for each operator: name, its hooks
"""
import os, re, subprocess, sys

source, listing = sys.argv[1], sys.argv[2]
ROWS = {"CAP": 40, "HOX": 15, "HOP": 36, "ISG": 39}
results = []


def read(path):
    with open(os.path.join(source, path), encoding="utf-8") as f:
        return f.read()


def builds():
    """All that the build files of tests/ name."""
    return "".join(read(os.path.relpath(os.path.join(d, f), source)) for d, _, files in os.walk(os.path.join(source, "tests"))
                   for f in files if f == "meson.build")


def check_reference(reference, named):
    path, _, name = reference.partition(":")
    if not os.path.splitext(path)[1]:
        path += ".fx"
    if not os.path.exists(os.path.join(source, path)):
        return f"{path} does not exist"
    stem = os.path.splitext(os.path.basename(path))[0]
    if stem not in named and not path.startswith("tests/programs/"):  # cases.py runs all that lie there
        return f"{path} is in no build file"
    return f"{path} has no {name}" if name and not re.search(rf"\b{name}\b", read(path)) else None


def check_conformance():
    text, named = read("docs/conformance.md"), builds()
    rows = re.findall(r"^\| ([A-Z]{3}-\d\d) \| (.*) \|$", text, re.M)
    wanted = [f"{group}-{i:02}" for group, count in ROWS.items() for i in range(1, count + 1)]
    found = [r for r, _ in rows]
    complete = found[:len(wanted)] == wanted and len(set(found)) == len(found)  # groups of which some rows are listed follow
    results.append(("every row is there once, in order", complete, ""))
    for row, shown in rows:
        references = re.findall(r"`((?:tests|examples)/[^`]+)`", shown)
        faults = [f for f in (check_reference(r, named) for r in references) if f]
        if not references and not shown.startswith("— "):
            faults.append("neither a test nor a reason")
        results.append((row, not faults, "; ".join(faults)))


def operators():
    lines = subprocess.run([listing], capture_output=True, text=True, check=True).stdout.splitlines()
    return {words[0]: set(words[1:]) for words in (line.split() for line in lines)}


def expected(column, cell, hooks):
    """Whether a record with these hooks may have this cell."""
    says = not cell.startswith("—")
    if column == "in C":
        return says == ("capture" in hooks)
    if column == "runs":
        return ("inlined" if cell == "inlined" else "run") in hooks if says else "run" not in hooks
    if column == "its backward":
        return not says or bool(hooks & {"joint", "inlined"})
    if column == "twice":
        return not says or bool(hooks & {"joint", "inlined"})
    if column == "vmap" and says:
        return {"rule": "vmap" in hooks, "inlined": "inlined" in hooks, "loop": not hooks & {"vmap"}}.get(cell, False)
    return True


def check_operators():
    text = read("docs/higher-order-operators.md")
    table = re.search(r"^\| operator \|.*?\n((?:\|.*\n)+)", text, re.M)
    head = [c.strip() for c in table.group(0).splitlines()[0].strip("|").split("|")]
    rows, odd = {}, []
    for line in table.group(1).splitlines()[1:]:
        cells = [c.strip() for c in line.strip("|").split("|")]
        for name in re.findall(r"`(\w+)`", cells[0]):
            if len(cells) != len(head) or name in rows:
                odd.append(name)
            rows[name] = dict(zip(head, cells))
    known = operators()
    for name, hooks in sorted(known.items()):
        faults = [] if name in rows else ["no row"]
        for column, cell in rows.get(name, {}).items():
            if not expected(column, cell, hooks):
                faults.append(f"the column '{column}' says {cell}, the record has {' '.join(sorted(hooks))}")
        results.append((f"operator {name}", not faults, "; ".join(faults)))
    results.append(("each operator has one row, with a cell for each column", not odd, ", ".join(odd)))
    extra = sorted(set(rows) - set(known))
    results.append(("no row of an operator that is not", not extra, ", ".join(extra)))


check_conformance()
check_operators()
for i, (name, good, why) in enumerate(results, 1):
    print(f"{'ok' if good else 'not ok'} {i} - {name}{'' if good else ': ' + why}")
print(f"1..{len(results)}")
sys.exit(not all(good for _, good, _ in results))
