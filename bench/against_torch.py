#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Training steps of cotangent and of PyTorch (eager, torch.compile), in turns in one run.

usage: against_torch.py PROGRAM [--models a,b,…] [--seconds 3] [--rounds 2] [--threads 2] [--no-compile] [--autocast]
                        [--optimizer adamw]
Each model gets random weights, is exported, and both sides take the same inputs; the first loss and gradient norm must
agree. The ratio is ours / the faster of theirs, each side's best median. Needs torch, transformers, torchvision,
safetensors.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time

import torch
import torch.nn.functional as F
from safetensors.torch import save_file


class Loss(torch.nn.Module):
    def __init__(self, model, loss):
        super().__init__()
        self.m, self.loss = model, loss

    def forward(self, *args):
        return self.loss(self.m, *args)


class Cast(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.m = model

    def forward(self, *args):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return self.m(*args)


class Recurrent(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.e, self.l, self.o = torch.nn.Embedding(5000, 256), torch.nn.LSTM(256, 256, 2, batch_first=True), torch.nn.Linear(256, 5000)

    def forward(self, i):
        return F.cross_entropy(self.o(self.l(self.e(i))[0]).flatten(0, 1), i.flatten())


class Pointwise(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.b = torch.nn.Parameter(torch.randn(1024)), torch.nn.Parameter(torch.randn(1024))

    def forward(self, x):
        for _ in range(4):
            x = F.layer_norm(F.gelu(x * self.w + self.b) + x.tanh(), (1024,))
        return x.square().mean()


def no_dropout(model):
    for m in model.modules():
        if isinstance(m, torch.nn.Dropout):
            m.p = 0.0
    return model


def language(config, model, batch, length, **settings):
    import transformers
    c = getattr(transformers, config)(**settings)
    m = no_dropout(getattr(transformers, model)(c))
    return Loss(m, lambda m, i: m(input_ids=i, labels=i).loss), (torch.randint(3, c.vocab_size, (batch, length)),)


def image(model, batch, size):
    x, y = torch.randn(batch, 3, size, size), torch.randint(0, 10, (batch,))
    return Loss(no_dropout(model), lambda m, x, y: F.cross_entropy(m(x), y)), (x, y)


def small(layers, x, classes):
    y = torch.randint(0, classes, (len(x),))
    return Loss(torch.nn.Sequential(*layers), lambda m, x, y: F.cross_entropy(m(x), y)), (x, y)


def vision(name, *args, **settings):
    import torchvision
    return getattr(torchvision.models, name)(*args, **settings)


N = torch.nn
MODELS = {
    "gpt2": lambda: language("GPT2Config", "GPT2LMHeadModel", 4, 64, use_cache=False, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0),
    "llama": lambda: language("LlamaConfig", "LlamaForCausalLM", 2, 128, num_hidden_layers=6, hidden_size=512, intermediate_size=1408,
                              num_attention_heads=8, num_key_value_heads=4, vocab_size=8192, use_cache=False),
    "bert": lambda: language("BertConfig", "BertForMaskedLM", 4, 128, num_hidden_layers=4, hidden_size=512, intermediate_size=2048,
                             num_attention_heads=8, vocab_size=8192),
    "vit": lambda: image(vision("VisionTransformer", 64, 8, 6, 8, 256, 1024, num_classes=10), 16, 64),
    "resnet18": lambda: image(vision("resnet18", num_classes=10), 16, 64),
    "mobilenet": lambda: image(vision("mobilenet_v3_small", num_classes=10), 16, 96),
    "lstm": lambda: (Recurrent(), (torch.randint(0, 5000, (16, 32)),)),
    "pointwise": lambda: (Pointwise(), (torch.randn(1024, 1024),)),
    "mlp": lambda: small([N.Linear(784, 512), N.ReLU(), N.Linear(512, 512), N.ReLU(), N.Linear(512, 10)], torch.randn(128, 784), 10),
    "tiny": lambda: (Loss(N.Linear(4, 4), lambda m, x: m(x).relu().sum()), (torch.randn(2, 4),)),
}


def build(name, autocast):
    torch.manual_seed(0)
    model, args = MODELS[name]()
    return (Cast(model) if autocast else model).train(), args


def theirs(name, mode, a):
    """A process of its own: a JSON line of the first step, then one for each line on stdin."""
    torch.set_num_threads(a.threads)
    model, args = build(name, a.autocast)
    f = model if mode == "eager" else torch.compile(model)
    opt = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.0, fused=True) if a.optimizer else None

    def step():
        model.zero_grad(set_to_none=True)
        loss = f(*args)
        loss.backward()
        if opt:
            opt.step()
        return float(loss.detach())

    loss = step()
    norm = math.sqrt(sum(float((p.grad.double() ** 2).sum()) for p in model.parameters() if p.grad is not None))
    print(json.dumps({"loss": loss, "norm": norm}), flush=True)
    for _ in sys.stdin:
        times, end = [], time.perf_counter() + a.seconds
        while time.perf_counter() < end or len(times) < 3:
            start = time.perf_counter()
            step()
            times.append(time.perf_counter() - start)
        print(json.dumps({"ms": 1e3 * sorted(times)[len(times) // 2]}), flush=True)


def export(name, folder, autocast):
    model, args = build(name, autocast)
    program = torch.export.export(model, args)
    fx, data = os.path.join(folder, name + ".fx"), os.path.join(folder, name + ".safetensors")
    with open(fx, "w") as f:
        f.write(str(program))
    inputs, named = iter(args), {}
    for s in program.graph_signature.input_specs:
        v = next(inputs) if s.kind.name == "USER_INPUT" else program.state_dict.get(s.target, program.constants.get(s.target))
        if isinstance(v, torch.Tensor):
            named["input." + s.arg.name] = v.detach().clone().contiguous()
    save_file(named, data)
    return fx, data


def compare(name, a, folder):
    fx, data = export(name, folder, a.autocast)
    modes = ["eager"] + ([] if a.no_compile else ["compile"])
    command = [sys.executable, __file__, a.program, "--threads", str(a.threads), "--seconds", str(a.seconds), "--optimizer", a.optimizer]
    command += ["--autocast"] if a.autocast else []
    procs = {m: subprocess.Popen(command + ["--theirs", f"{name}:{m}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, text=True) for m in modes}
    first = {m: json.loads(p.stdout.readline()) for m, p in procs.items()}
    bench = [a.program, "bench", fx, "--data", data, "--threads", str(a.threads), "--seconds", str(a.seconds)]
    best, ours = {m: math.inf for m in modes}, []
    for _ in range(a.rounds):
        out = subprocess.run(bench + (["--optimizer", a.optimizer] if a.optimizer else []), capture_output=True, text=True, check=True).stdout
        ours.append(json.loads(out.strip().splitlines()[-1]))
        for m, p in procs.items():
            p.stdin.write("go\n")
            p.stdin.flush()
            best[m] = min(best[m], json.loads(p.stdout.readline())["ms"])
    for p in procs.values():
        p.stdin.close()
        p.wait()
    ms, near = min(o["step_ms_median"] for o in ours), 3e-2 if a.autocast else 2e-3
    pairs = [(ours[0]["output_0"], first["eager"]["loss"]), (ours[0]["grad_norm"], first["eager"]["norm"])]
    same = all(abs(x - y) <= near * max(1e-3, abs(y)) for x, y in pairs)
    ratio = ms / min(best.values())
    times = " ".join(f"{best[m]:10.3f}" for m in modes)
    print(f"{name:10} {ms:10.3f} {times} {ratio:6.2f} {ours[0]['compile_ms']:8.1f}  {'same' if same else pairs}", flush=True)
    return ratio, same


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("--models", default=",".join(MODELS))
    ap.add_argument("--seconds", type=float, default=3)
    ap.add_argument("--rounds", type=int, default=2)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--no-compile", action="store_true")
    ap.add_argument("--autocast", action="store_true")
    ap.add_argument("--optimizer", default="", choices=["", "adamw"])
    ap.add_argument("--theirs", help=argparse.SUPPRESS)
    a = ap.parse_args()
    if a.theirs:
        theirs(*a.theirs.split(":"), a)
        return
    print(f"{'model':10} {'ours ms':>10} {'eager ms':>10} {'' if a.no_compile else 'compile ms':>10} {'ratio':>6} {'our compile ms':>8}")
    with tempfile.TemporaryDirectory() as folder:
        results = {name: compare(name, a, folder) for name in a.models.split(",")}
    ratios = [r for name, (r, _) in results.items() if name != "tiny"]
    if ratios:
        print(f"geometric mean of ours / the faster of theirs: {math.exp(sum(map(math.log, ratios)) / len(ratios)):.3f} (tiny apart)")
    sys.exit(not all(same for _, same in results.values()))


if __name__ == "__main__":
    main()
