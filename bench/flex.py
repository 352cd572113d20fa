#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""flex_attention in cotangent and in PyTorch on the CPU, in turns in one run.

usage: flex.py PROGRAM [--length 1024] [--heads 8] [--width 64] [--rounds 3] [--seconds 1] [--threads 2] [--no-compile]
                       [--only NAME]
Forward: PyTorch's eager flex_attention, which makes the matrix of scores, and torch.compile of it. Forward + backward:
PyTorch has none for flex_attention on the CPU, so the same attention written out with the matrix of scores, eager and
compiled, differentiated by autograd. Each side's best median. Needs torch, safetensors.
"""
import argparse, json, math, os, statistics, subprocess, sys, tempfile, time, warnings
import torch
import torch.nn.attention.flex_attention as flex
from safetensors.torch import save_file

warnings.filterwarnings("ignore")
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "torch"))
import flex as programs  # tests/torch/flex.py


def made(o):
    S, H = o.length, o.heads
    shape = (1, H, H, S, S, o.width, o.width)
    causal = programs.causal
    yield "plain", dict()
    yield "causal", dict(mask=causal, block=128)
    yield "sliding window 256", dict(mask=lambda s, b, h, m, n: (m >= n) & (m - n < 256), block=128)
    yield "documents", dict(mask=lambda s, b, h, m, n: (m >= n) & (s.doc[m] == s.doc[n]), block=128,
                            buffers={"doc": torch.arange(S) // (S // 5)})
    yield "alibi, causal", dict(mod=lambda s, x, b, h, m, n: x + s.slopes[h] * (n - m), mask=causal, block=128,
                                params={"slopes": torch.rand(H) * 0.1})
    yield "soft-capped, causal", dict(mod=lambda s, x, b, h, m, n: 20 * torch.tanh(x / 20), mask=causal, block=128)
    yield "relative table", dict(mod=lambda s, x, b, h, m, n: x + s.table[h, m - n + S - 1], params={"table": torch.randn(H, 2 * S)})


def medians(run, seconds):
    run()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        start = time.perf_counter()
        run()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def ours(o, fx, data, *more):
    run = subprocess.run([o.program, "bench", fx, "--data", data, "--threads", str(o.threads), "--seconds", str(o.seconds), *more],
                         capture_output=True, text=True)
    if run.returncode: raise RuntimeError(run.stderr.strip())
    return json.loads(run.stdout.strip().splitlines()[-1])


def export(module, xs, folder):
    program = torch.export.export(module, tuple(xs)).run_decompositions({})
    fx = os.path.join(folder, "flex.fx")
    open(fx, "w").write(str(program))
    data = {k: v.detach().clone().contiguous() for k, v in {**program.state_dict, **program.constants}.items()
            if isinstance(v, torch.Tensor)}
    for name, x in zip("qkv", xs): data["input." + name] = x.detach().clone()
    params = [s.arg.name for s in program.graph_signature.input_specs if s.kind.name == "PARAMETER"]
    files = []
    for name, wanted in (("forward", ""), ("step", ",".join(["q", "k", "v", *params]))):
        files.append(os.path.join(folder, name + ".safetensors"))
        save_file(data, files[-1], metadata={"requires_grad": wanted})
    return fx, files


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    for name, value in (("length", 1024), ("heads", 8), ("width", 64), ("rounds", 3), ("threads", 2)):
        parser.add_argument("--" + name, type=int, default=value)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--only", default="")
    o = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(o.threads)
    print("| attention | forward ms | eager | compiled | forward + backward ms | dense eager | dense compiled |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, how in made(o):
        if o.only not in name: continue
        shape = (1, o.heads, o.heads, o.length, o.length, o.width, o.width)
        module = programs.Attention(shape, use=lambda s, out: (out * out).sum(), **how)
        xs = [torch.randn(1, o.heads, o.length, o.width).requires_grad_() for _ in range(3)]
        with tempfile.TemporaryDirectory() as folder:
            fx, files = export(module, xs, folder)
            attend = torch.compile(flex.flex_attention)
            mod = None if module.mod is None else lambda x, b, h, m, n: module.mod(module, x, b, h, m, n)
            plain = [x.detach() for x in xs]
            frozen = module.requires_grad_(False)
            dense = lambda q, k, v: module(q, k, v, dense=True)
            compiled = torch.compile(dense)

            def step(f):
                module.requires_grad_(True)
                for x in [*xs, *module.parameters()]: x.grad = None
                f(*xs).backward()

            def forward(f):
                frozen.requires_grad_(False)
                with torch.no_grad(): f(*plain, score_mod=mod, block_mask=module.block_mask)

            rows = {"ours": lambda: ours(o, fx, files[0], "--infer")["step_ms_median"], "eager": lambda: medians(lambda: forward(flex.flex_attention), o.seconds),
                    "compiled": lambda: medians(lambda: forward(attend), o.seconds), "step": lambda: ours(o, fx, files[1])["step_ms_median"],
                    "dense": lambda: medians(lambda: step(dense), o.seconds), "dense compiled": lambda: medians(lambda: step(compiled), o.seconds)}
            best = {}
            for _ in range(o.rounds):
                for key, run in rows.items():
                    if o.no_compile and "compiled" in key: continue
                    best[key] = min(best.get(key, math.inf), run())
        print(f"| {name} | " + " | ".join(f"{best[k]:.1f}" if k in best else "" for k in rows) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
