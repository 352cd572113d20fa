#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Run `cotangent run` on bundled reference cases and compare with what PyTorch computed. Standard library only.

usage: cases.py PROGRAM DIR…       DIR holds NAME.fx + NAME.safetensors (made by PyTorch; see tests/README.md); prints TAP
A subtest is one tensor of one case: output.K, grad.NAME or final.NAME has the dtype, shape and values PyTorch gave; or one
refusal in PyTorch's words. A case without PyTorch's refusal that fails is a failure of all its tensors.
"""
import array, json, math, os, struct, subprocess, sys, tempfile

TYPES = {"F64": "d", "F32": "f", "I64": "q", "I32": "i", "I16": "h", "I8": "b", "U8": "B", "BOOL": "B", "C64": "f"}
TOLERANCE = {"F64": 1e-9, "F32": 2e-4, "C64": 2e-4, "F16": 1e-2, "BF16": 4e-2}


def half(bits):
    return struct.unpack("<e", struct.pack("<H", bits))[0]


def brain(bits):
    return struct.unpack("<f", struct.pack("<I", bits << 16))[0]


def read(path):
    """({key: (dtype, shape, values)}, metadata)"""
    with open(path, "rb") as f:
        raw = f.read()
    (size,) = struct.unpack("<Q", raw[:8])
    header, body, out = json.loads(raw[8:8 + size]), raw[8 + size:], {}
    meta = header.pop("__metadata__", {})
    for key, entry in header.items():
        low, high = entry["data_offsets"]
        dtype = entry["dtype"]
        if dtype in ("BF16", "F16"):
            words = array.array("H", body[low:high])
            values = [(brain if dtype == "BF16" else half)(w) for w in words]
        else:
            values = array.array(TYPES[dtype], body[low:high])
        out[key] = (dtype, entry["shape"], values)
    return out, meta


def difference(expected, got, floor):
    """Why two tensors differ, or None."""
    (dtype, shape, want), (other, other_shape, have) = expected, got
    if dtype != other or shape != other_shape:
        return f"{other}{other_shape}, expected {dtype}{shape}"
    if dtype not in TOLERANCE:
        return None if list(want) == list(have) else f"{sum(a != b for a, b in zip(want, have))} of {len(want)} values differ"
    scale = max((abs(v) for v in want if math.isfinite(v)), default=0.0)
    worst = 0.0
    for a, b in zip(want, have):
        if math.isfinite(a) and math.isfinite(b):
            worst = max(worst, abs(a - b))
        elif not (a == b or (math.isnan(a) and math.isnan(b))):
            return "not the same non-finite values"
    limit = TOLERANCE[dtype] * scale + floor
    return None if worst <= limit else f"largest difference {worst:.3g}, values up to {scale:.3g}"


class Tap:
    def __init__(self):
        self.count = self.bad = 0

    def case(self, name, problem):
        self.count += 1
        self.bad += problem is not None
        print(f"{'not ok' if problem else 'ok'} {self.count} - {name}{': ' + problem if problem else ''}", flush=True)


def run_case(tap, program, folder, name, scratch):
    fx, data, out = (os.path.join(folder, name + ".fx"), os.path.join(folder, name + ".safetensors"), os.path.join(scratch, "out.safetensors"))
    expected, meta = read(data)
    if os.path.exists(out):
        os.remove(out)
    run = subprocess.run([program, "run", fx, "--data", data, "--out", out], capture_output=True, text=True, errors="replace", timeout=300)
    last = (run.stderr.strip().splitlines() or ["no message"])[-1][:200]
    if "refuse" in meta:
        tap.case(f"{name} is refused", None if run.returncode == 1 and meta["refuse"] in run.stderr else f"exit {run.returncode}: {last}")
        return
    if "prints" in meta:  # what print and its like write
        tap.case(f"{name} prints", None if run.stderr == meta["prints"] else f"{run.stderr!r}"[:200])
    wanted = {k: v for k, v in expected.items() if k.split(".")[0] in ("output", "grad", "final")}
    got = {}
    if run.returncode == 0:
        got, _ = read(out)
    top = max((abs(x) for k, v in wanted.items() if k.startswith("grad.") and v[0] in TOLERANCE for x in v[2] if math.isfinite(x)), default=1.0)
    for key, value in sorted(wanted.items()):
        if run.returncode:
            tap.case(f"{name} {key}", f"exit {run.returncode}: {last}")
        elif key not in got:
            tap.case(f"{name} {key}", "missing")
        else:
            tap.case(f"{name} {key}", difference(value, got[key], 1e-5 * top if key.startswith("grad.") else 1e-6))
    for key in got:
        if key.split(".")[0] not in ("grad", "final") or key in wanted:
            continue
        base = expected.get("input." + key.split(".", 1)[1])
        same = key.startswith("final.") and base is not None and difference(base, got[key], 1e-6) is None
        zero = key.startswith("grad.") and not any(got[key][2])
        if not (same or zero):
            tap.case(f"{name} {key}", "not expected")


def main():
    program, tap = os.path.abspath(sys.argv[1]), Tap()
    with tempfile.TemporaryDirectory() as scratch:
        for folder in sys.argv[2:]:
            for name in sorted(f[:-3] for f in os.listdir(folder) if f.endswith(".fx") and os.path.exists(os.path.join(folder, f[:-3] + ".safetensors"))):
                run_case(tap, program, folder, name, scratch)
    print(f"1..{tap.count}")
    return 1 if tap.bad or not tap.count else 0


if __name__ == "__main__":
    sys.exit(main())
