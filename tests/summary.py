#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Run `meson test` and count single cases: each TAP subtest, and each program that is one test.

usage: summary.py BUILD [meson test arguments…]      last line: 'N passed, N failed'; exit status 1 when something failed
"""
import json, os, re, subprocess, sys

RESULT = re.compile(r"^(not )?ok\b(?:\s+\d+)?(?:\s+-?\s*(.*))?$")


def cases(entry):
    """[(passed, name)] of one test of meson's log."""
    lines = (entry.get("stdout") or "").splitlines()
    found = [(not m[1], (m[2] or "").strip()) for m in map(RESULT.match, lines) if m]
    found = [(ok or "# TODO" in name, name) for ok, name in found if "# SKIP" not in name.upper()]
    good = entry["result"] in ("OK", "EXPECTEDFAIL")
    if entry["result"] == "SKIP":
        return []
    if not found:
        return [(good, "")]
    if not good and all(ok for ok, _ in found):
        found.append((False, f"ended with {entry['result']} after {len(found)} cases"))
    return found


def main():
    build, arguments = sys.argv[1], sys.argv[2:]
    log = os.path.join(build, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    run = subprocess.run(["meson", "test", "-C", build, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not os.path.exists(log):
        print(run.stdout[-4000:])
        print("0 passed, 1 failed")
        return 1
    passed = failed = 0
    for line in open(log, encoding="utf-8"):
        entry = json.loads(line)
        result = cases(entry)
        bad = [name for ok, name in result if not ok]
        passed += len(result) - len(bad)
        failed += len(bad)
        suites = entry["name"]
        print(f"{'ok  ' if not bad else 'FAIL'} {suites}: {len(result) - len(bad)} of {len(result)}  ({entry['duration']:.1f} s)")
        for name in bad[:20]:
            print(f"     not ok: {name}")
        if bad:
            tail = ((entry.get("stderr") or "") + "\n" + (entry.get("stdout") or "")).strip().splitlines()
            for text in [t for t in tail if not t.startswith("ok")][-15:]:
                print(f"     | {text[:300]}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
