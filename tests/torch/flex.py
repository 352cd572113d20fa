#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""flex_attention, exported by PyTorch, against the same attention written out with a matrix of scores, in f64.

usage: flex.py PROGRAM [--count N] [--seed S] [--only NAME] [--keep DIR]
PyTorch has no backward of it on the CPU; autograd differentiates the matrix of scores instead. Programs with a name are
always run, --count random ones behind them: shapes that no block fits, shared heads, masks in blocks of any size, three
dtypes. The printed forward and backward are run by PyTorch, too: it has the operators themselves. --keep writes each program and its numbers as a case of tests/programs. Prints TAP. Needs torch, safetensors.
"""
import argparse, math, os, random, re, subprocess, sys, tempfile, warnings
import torch
import torch.nn.attention.flex_attention as flex
from safetensors.torch import load_file, save_file

warnings.filterwarnings("ignore")
flex._validate_device = lambda *a: None  # PyTorch refuses to export what it could not train


class Attention(torch.nn.Module):
    """q, k, v → what `use` makes of the attention. `mod` and `mask` are functions of (self, …)."""

    def __init__(self, shape, mod=None, mask=None, block=None, params={}, buffers={}, use=None, project=False, scale=None,
                 aux=False, decompose=False, inside=False):
        super().__init__()
        self.shape, self.mod, self.mask, self.use, self.scale, self.aux = shape, mod, mask, use, scale, aux
        self.decompose, self.inside = decompose, inside
        b, h, hk, m, n, e, ev = shape
        for name, value in params.items(): setattr(self, name, torch.nn.Parameter(value))
        for name, value in buffers.items(): self.register_buffer(name, value)
        self.project = torch.nn.Linear(e, e) if project else None
        self.block_mask = None
        self.make = lambda: flex.create_block_mask(lambda b, h, m, n: mask(self, b, h, m, n), b, h, m, n, device="cpu", BLOCK_SIZE=block)
        if mask is not None and block is not None: self.block_mask = self.make()

    def attention(self, q, k, v):
        mod = None if self.mod is None else lambda x, b, h, m, n: self.mod(self, x, b, h, m, n)
        shared = q.shape[1] != k.shape[1]
        if self.inside: self.block_mask = None
        block_mask = self.make() if self.inside else self.block_mask
        if self.aux:
            request = flex.AuxRequest(lse=True)
            out, aux = flex.flex_attention(q, k, v, score_mod=mod, block_mask=block_mask, scale=self.scale,
                                           enable_gqa=shared, return_aux=request)
            return out, aux.lse
        return flex.flex_attention(q, k, v, score_mod=mod, block_mask=block_mask, scale=self.scale,
                                   enable_gqa=shared), None

    def dense(self, q, k, v):
        """Scores as a matrix, the functions on tensors of coordinates that broadcast."""
        share = q.shape[1] // k.shape[1]
        k, v = (x.repeat_interleave(share, 1).expand(q.shape[0], -1, -1, -1) for x in (k, v))
        scores = q @ k.mT * (self.scale if self.scale is not None else 1 / math.sqrt(q.shape[-1]))
        at = [torch.arange(n).view([-1 if d == i else 1 for d in range(4)]) for i, n in enumerate(scores.shape)]
        if self.mod is not None: scores = self.mod(self, scores, *at)
        if self.mask is not None: scores = scores.masked_fill(~self.mask(self, *at), -math.inf)
        lse = scores.logsumexp(-1)
        p = torch.where(lse.isinf(), 0.0, 1.0).unsqueeze(-1) * (scores - lse.masked_fill(lse.isinf(), 0.0).unsqueeze(-1)).exp()
        return p @ v, lse

    def forward(self, q, k, v, dense=False):
        if self.project is not None: q = self.project(q)
        out, lse = (self.dense if dense else self.attention)(q, k, v)
        if self.use is not None: out = self.use(self, out)
        return (out, lse) if self.aux else out


# ---- programs with a name -------------------------------------------------------------------------------------------

def rand(*sizes): return torch.randn(*sizes) * 0.5
def causal(s, b, h, m, n): return m >= n


def named():
    S = (2, 2, 2, 20, 20, 4, 4)
    yield "plain", Attention(S)
    yield "causal", Attention(S, mask=causal, block=16)
    yield "alibi", Attention(S, mod=lambda s, x, b, h, m, n: x + s.slopes[h] * (n - m), mask=causal, block=32,
                             buffers={"slopes": torch.tensor([0.5, 0.25])})
    yield "alibi_learned", Attention(S, mod=lambda s, x, b, h, m, n: x + s.slopes[h] * (n - m), mask=causal, block=32,
                                     params={"slopes": torch.tensor([0.05, 0.025])})
    yield "relative", Attention(S, mod=lambda s, x, b, h, m, n: x + s.table[h, m - n + 19], params={"table": rand(2, 39)},
                                project=True)
    yield "softcap", Attention(S, mod=lambda s, x, b, h, m, n: 2 * torch.tanh(x / 2), mask=causal, block=128)
    yield "softcap_learned", Attention(S, mod=lambda s, x, b, h, m, n: s.cap * torch.tanh(x / s.cap),
                                       params={"cap": torch.tensor(1.5)})
    yield "window", Attention((1, 1, 1, 170, 170, 4, 4), block=32,
                              mask=lambda s, b, h, m, n: (m >= n) & (m - n <= 40))
    yield "document", Attention(S, mask=lambda s, b, h, m, n: (s.doc[m] == s.doc[n]) & (m >= n), block=8,
                                buffers={"doc": torch.arange(20) // 7})
    yield "prefix_lm", Attention(S, mask=lambda s, b, h, m, n: (n < s.prefix[b]) | (m >= n), block=8,
                                 buffers={"prefix": torch.tensor([3, 11])})
    yield "hidden_rows", Attention(S, mask=lambda s, b, h, m, n: (m >= n) & (m > 6) & (b < 1), block=16, aux=True)
    yield "logs", Attention(S, mask=causal, block=8, aux=True, mod=lambda s, x, b, h, m, n: x * s.w[h], params={"w": rand(2)})
    yield "shared_heads", Attention((1, 4, 2, 90, 70, 4, 5), mod=lambda s, x, b, h, m, n: x + s.bias[h, n],
                                    params={"bias": rand(4, 70)}, scale=0.3)
    yield "one_batch_of_keys", Attention((3, 2, 2, 9, 12, 4, 4), mod=lambda s, x, b, h, m, n: x * s.w[b], params={"w": rand(3)})
    yield "where", Attention(S, mod=lambda s, x, b, h, m, n: torch.where(m >= n, x + s.t[m] * s.u[n], -float("inf")),
                             params={"t": rand(20), "u": rand(20)})
    yield "twice", Attention(S, mod=lambda s, x, b, h, m, n: x + s.t[m] - s.t[n], params={"t": rand(20)})
    yield "full_bias", Attention((2, 2, 2, 9, 11, 4, 4), mod=lambda s, x, b, h, m, n: x + s.t[b, h, m, n],
                                 params={"t": rand(2, 2, 9, 11)})
    yield "many", Attention(S, mod=lambda s, x, b, h, m, n: torch.sigmoid(x) * x + torch.exp(-(m - n).abs() * s.d[h]) * x.sin(),
                            params={"d": torch.tensor([0.1, 0.3])}, mask=causal, block=48)
    yield "mask_inside", Attention((1, 2, 2, 9, 12, 4, 4), mask=lambda s, b, h, m, n: (m >= n) & (s.doc[m] == s.doc[n]), block=4,
                                   mod=lambda s, x, b, h, m, n: x + s.t[m - n + 11], params={"t": rand(20)},
                                   buffers={"doc": torch.arange(12) // 5}, inside=True)
    yield "vectors", Attention((2, 4, 2, 9, 12, 4, 4), mod=lambda s, x, b, h, m, n: x + (s.e[m] * s.f[n]).sum(-1) * s.w[h],
                               mask=causal, block=8, params={"e": rand(9, 3), "f": rand(12, 3), "w": rand(4)}, aux=True)
    yield "whole_table", Attention((1, 2, 2, 9, 12, 4, 4), mod=lambda s, x, b, h, m, n: x * torch.softmax(s.t, 0)[m],
                                   params={"t": rand(9)})
    yield "in_a_model", Attention(S, mod=lambda s, x, b, h, m, n: x + s.t[(m - n).clamp(-8, 8) + 8] * s.g, project=True,
                                  params={"t": rand(17), "g": rand(1)[0]}, mask=causal, block=16,
                                  use=lambda s, o: torch.relu(s.project(o)).sum(-1))


# ---- random ones ----------------------------------------------------------------------------------------------------

def pick(r):
    b, hk, share = r.randint(1, 3), r.randint(1, 3), r.choice([1, 1, 2, 3])
    h, m, n = hk * share, r.choice([1, 5, 16, 63, 64, 81, 130, 200]), r.choice([1, 7, 16, 64, 65, 100, 190])
    e, ev = r.choice([4, 8, 16, 20]), r.choice([4, 8, 17])
    params = {"slopes": rand(h) * 0.2, "table": rand(h, m + n), "row": rand(m), "column": rand(n), "one": torch.tensor(0.7)}
    buffers = {"doc": torch.randint(0, 4, (max(m, n),)).sort()[0], "length": torch.randint(0, n + 1, (b,))}
    terms = [("slopes", lambda s, x, b, h, m, n: x + s.slopes[h] * (m - n)), ("table", lambda s, x, b, h, m, n: x + s.table[h, m - n + (len(s.column) - 1)]),
             ("row", lambda s, x, b, h, m, n: x * torch.sigmoid(s.row[m])), ("column", lambda s, x, b, h, m, n: x + s.column[n] * s.column[n]),
             ("one", lambda s, x, b, h, m, n: torch.tanh(x * s.one) * 3), ("", lambda s, x, b, h, m, n: x - 0.1 * torch.log1p((m - n).abs())),
             ("", lambda s, x, b, h, m, n: torch.where((m + n) % 3 == 0, x, x * 0.5)), ("column", lambda s, x, b, h, m, n: x + s.column[-n - 1])]
    used = r.sample(terms, r.randint(0, 3))
    masks = [lambda s, b, h, m, n: m >= n, lambda s, b, h, m, n: s.doc[m] == s.doc[n], lambda s, b, h, m, n: n < s.length[b],
             lambda s, b, h, m, n: (m - n).abs() <= 30, lambda s, b, h, m, n: (h % 2 == 0) | (n <= m)]
    seen = r.sample(masks, r.randint(0, 2))
    either = r.random() < 0.3

    def mod(s, x, b, h, m, n):
        for _, f in used: x = f(s, x, b, h, m, n)
        return x

    def mask(s, b, h, m, n):
        out = seen[0](s, b, h, m, n)
        for f in seen[1:]: out = out | f(s, b, h, m, n) if either else out & f(s, b, h, m, n)
        return out

    keep = {name for name, _ in used} | {"column"}
    return Attention((b, h, hk, m, n, e, ev), mod=mod if used else None, mask=mask if seen else None,
                     block=r.choice([3, 8, 16, 64, 100, 128]) if seen else None, params={k: v for k, v in params.items() if k in keep},
                     buffers=buffers, aux=r.random() < 0.3, scale=r.choice([None, 0.2]), decompose=r.random() < 0.5)


# ---- running --------------------------------------------------------------------------------------------------------

def operands(module, name):
    b, h, hk, m, n, e, ev = module.shape
    bk = 1 if name == "one_batch_of_keys" else b
    return [rand(b, h, m, e) * 2, rand(bk, hk, n, e) * 2, rand(bk, hk, n, ev) * 2]


def answers(module, xs, dtype):
    """Outputs and gradients, computed in f64 from numbers rounded to dtype."""
    wide = {n: p.detach().to(dtype).double().requires_grad_() for n, p in module.named_parameters()}
    qkv = [x.to(dtype).double().requires_grad_() for x in xs]
    outs = torch.func.functional_call(module, wide, (*qkv, True))
    outs = [o for o in (outs if isinstance(outs, tuple) else (outs,))]
    tangents = [torch.randn_like(o).to(dtype).double() for o in outs]
    leaves = {**wide, **dict(zip("qkv", qkv))}
    grads = torch.autograd.grad(outs, list(leaves.values()), tangents, allow_unused=True)
    return outs, tangents, dict(zip(leaves, grads))


def make(name, module, dtype, folder):
    xs = operands(module, name)
    outs, tangents, grads = answers(module, xs, dtype)
    module = module.to(dtype)
    xs = [x.to(dtype).requires_grad_() for x in xs]
    program = torch.export.export(module, tuple(xs))
    if module.decompose: program = program.run_decompositions({})
    path = os.path.join(folder, name)
    open(path + ".fx", "w").write(str(program))
    data = {k: v.detach().clone().contiguous() for k, v in {**program.state_dict, **program.constants}.items()
            if isinstance(v, torch.Tensor)}
    names = {s.target: s.arg.name for s in program.graph_signature.input_specs if s.target}
    for n, x in zip("qkv", xs): data["input." + n] = x.detach().clone()
    for i, (o, t) in enumerate(zip(outs, tangents)):
        kind = torch.float32 if i and dtype == torch.bfloat16 else dtype
        data[f"output.{i}"], data[f"tangent.{i}"] = o.detach().to(kind).contiguous(), t.to(kind).contiguous()
    for n, g in grads.items():
        if g is not None: data["grad." + names.get(n, n)] = g.to(dtype).contiguous()
    # Of a parameter that is not read there is no gradient; its placeholder has no uses.
    wanted = [names.get(n, n) for n, g in grads.items() if g is not None]
    save_file(data, path + ".safetensors", metadata={"requires_grad": ",".join(wanted)})
    return path, data


def differs(want, got, top, tolerance):
    if want.dtype != got.dtype or want.shape != got.shape: return f"is {got.dtype}{list(got.shape)}"
    a, b = want.double(), got.double()
    if not torch.equal(a.isinf(), b.isinf()) or b.isnan().any(): return "other infinities, or nan"
    a, b = a[~a.isinf()], b[~b.isinf()]
    worst = float((a - b).abs().max()) if a.numel() else 0
    return f"differs by {worst:.3g} of {top:.3g}" if worst > tolerance * top + 1e-7 else None


def check(program, path, data, dtype, threads):
    out = path + ".out"
    run = subprocess.run([program, "run", path + ".fx", "--data", path + ".safetensors", "--out", out, "--threads", str(threads)],
                         capture_output=True, text=True, timeout=300)
    if run.returncode: return run.stderr.strip()
    got = load_file(out)
    os.remove(out)
    tolerance = {torch.float64: 1e-10, torch.float32: 2e-5, torch.bfloat16: 6e-2}[dtype]
    top = max([1e-3] + [float(v.abs().max()) for k, v in data.items() if k.startswith("grad.") and v.numel()])
    for key, want in data.items():
        if key.split(".")[0] not in ("output", "grad"): continue
        if key not in got: return f"{key} is missing"
        finite = want[~want.isinf()].abs()
        wrong = differs(want, got[key], top if key.startswith("grad.") else max(1.0, float(finite.max()) if finite.numel() else 0), tolerance)
        if wrong: return f"{key} {wrong}"
    return None


# ---- what transforms make of programs --------------------------------------------------------------------------------

class Loss(Attention):
    def forward(self, q, k, v, dense=False):
        out = super().forward(q, k, v, dense)
        return sum(o.masked_fill(o.isinf(), 0.0).sin().sum() for o in out) if isinstance(out, tuple) else out.sin().sum()


def derived():
    """(name, module, transform, the same of a function of (q, k, v, parameters…) in torch.func)"""
    f = torch.func
    S = (2, 2, 2, 5, 6, 4, 3)
    yield "again_relative", Loss(S, mod=lambda s, x, b, h, m, n: torch.tanh(x) * s.cap + s.table[h, m - n + 5], mask=causal, block=2,
                                 params={"table": rand(2, 10), "cap": torch.tensor(1.5)}), "grad(q, k, v, p_table, p_cap)", lambda g: f.grad(g, argnums=(3, 4, 0, 1, 2))
    yield "again_hidden", Loss((2, 4, 2, 5, 4, 3, 3), mask=lambda s, b, h, m, n: (m > n) & (m != 3), block=2, aux=True, scale=0.8), "grad(q, k, v)", lambda g: f.grad(g, argnums=(0, 1, 2))
    yield "batch_relative", Attention(S, mod=lambda s, x, b, h, m, n: x * s.gain[b] + s.table[h, m - n + 5], mask=lambda s, b, h, m, n: (m >= n) | (b == 1), block=2,
                                      params={"table": rand(2, 10), "gain": rand(2)}), "functional_call(table, gain); vmap(size=3, in_dims=(0, None, 0, 0, 0))", lambda g: f.vmap(g, in_dims=(0, 0, 0, 0, None))
    yield "batch_of_tables", Attention(S, mod=lambda s, x, b, h, m, n: x * s.table[b, h], params={"table": rand(2, 2)}), "functional_call(table); vmap(size=3, in_dims=(0, None, None, None))", lambda g: f.vmap(g, in_dims=(None, None, None, 0))
    yield "gradient_of_each", Loss(S, mod=lambda s, x, b, h, m, n: x + s.table[h, m - n + 5] * s.table[h, b], mask=causal, block=3, params={"table": rand(2, 10)}), "grad(q, p_table); vmap(size=3, in_dims=(0, None, 0))", lambda g: f.vmap(f.grad(g, argnums=(3, 0)), in_dims=(0, None, 0, None))


def make_derived(program, name, module, how, apply, folder):
    """The transformed program as a case: its results and their gradients."""
    b, h, hk, m, n, e, ev = module.shape
    module = module.double()
    xs = [rand(b, h, m, e), rand(b, hk, n, e), rand(b, hk, n, ev)]
    exported = torch.export.export(module, tuple(x.double() for x in xs))
    path = os.path.join(folder, name)
    open(path + ".fx", "w").write(str(exported))
    run = subprocess.run([program, "compile", path + ".fx", "--emit", "input", "--infer", "--transform", how], capture_output=True, text=True)
    if run.returncode: return path, None, run.stderr.strip()
    open(path + ".fx", "w").write(run.stdout)
    data = {k: v.detach().clone().contiguous() for k, v in {**exported.state_dict, **exported.constants}.items() if isinstance(v, torch.Tensor)}
    kept = dict(module.named_parameters())
    leaves = dict(zip("qkv", xs)) | {n: p.detach() for n, p in kept.items()}
    header = next(l for l in run.stdout.splitlines() if "def forward(self" in l)
    sizes = {n: [int(x) for x in t.split(", ") if x] for n, t in re.findall(r'(\w+): "f64\[([\d, ]*)\]"', header)}
    names = {n: next(i for i in sizes if i in (n, "p_" + n)) for n in leaves}
    leaves = {n: (torch.randn(sizes[names[n]]) * 0.5).double().requires_grad_() for n in leaves}
    for n, x in leaves.items(): data["input." + names[n]] = x.detach().clone()

    def dense(q, k, v, *params):
        return torch.func.functional_call(module, dict(zip(kept, params)), (q, k, v, True))

    outs = apply(dense)(*leaves.values())
    outs = outs if isinstance(outs, tuple) else (outs,)
    tangents = [torch.randn_like(o) for o in outs]
    for i, (o, t) in enumerate(zip(outs, tangents)): data[f"output.{i}"], data[f"tangent.{i}"] = o.detach().clone().contiguous(), t.contiguous()
    for n, g in zip(leaves, torch.autograd.grad(outs, list(leaves.values()), tangents, allow_unused=True)):
        if g is not None: data["grad." + names[n]] = g.contiguous()
    data = {k: v for k, v in data.items() if k not in kept}
    save_file(data, path + ".safetensors", metadata={"requires_grad": ",".join(names.values())})
    return path, data, None


# ---- printed stages -------------------------------------------------------------------------------------------------

def stage(program, path, which):
    """A stage as a module, the parameters of its forward, and the names that it returns."""
    run = subprocess.run([program, "compile", path + ".fx", "--data", path + ".safetensors", "--emit", which],
                         capture_output=True, text=True)
    text = run.stdout[run.stdout.index("class "):]
    space = {"torch": torch, "device": torch.device, "inf": math.inf, "nan": math.nan, "math": math}
    exec(text, space)

    def make(kind):
        module = kind()
        for name, child in list(vars(kind).items()):
            if isinstance(child, type): module.__dict__[name] = make(child)
        return module

    names = re.findall(r"(\w+): \"", next(l for l in text.splitlines() if "def forward(self" in l))
    returned = next(l for l in text.splitlines() if l.strip().startswith("return "))
    return make(space["GraphModule"]), names, re.findall(r"[\w.]+", returned.split("return", 1)[1])


def check_stages(program, path, data):
    source = open(path + ".fx").read()
    inputs = re.findall(r"(\w+): \"", next(l for l in source.splitlines() if "def forward(self" in l))
    targets = dict(re.findall(r"(\w+): \w+ target='([\w.]+)'", source))
    xs = [data["input." + n] if "input." + n in data else data[targets[n]] for n in inputs]
    forward, takes, gives = stage(program, path, "forward")
    outs = forward.forward(*xs)
    known = {**dict(zip(gives, outs)), **dict(zip(takes, xs))}
    for i in range(sum(k.startswith("output.") for k in data)): known[f"tangents_{i + 1}"] = data[f"tangent.{i}"]
    backward, takes, _ = stage(program, path, "backward")
    for name, grad in zip(inputs, backward.forward(*[known[n] for n in takes])):
        want = data.get("grad." + name)
        if want is not None and float((want - grad).abs().max()) > 1e-4 * max(1, float(want.abs().max())):
            return f"PyTorch's run of the printed stages gives another gradient of {name}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--keep")
    o = parser.parse_args()
    torch.manual_seed(o.seed)
    r = random.Random(o.seed)
    folder = o.keep or tempfile.mkdtemp()
    cases = [(n, m, torch.float32, 2) for n, m in named()]
    for i in range(o.count): cases.append((f"random_{o.seed}_{i}", pick(r), r.choice([torch.float32] * 3 + [torch.float64] * 2 + [torch.bfloat16]), r.choice([1, 2, 5])))
    if o.only: cases = [c for c in cases if o.only in c[0]]
    more = [c for c in derived() if not o.only or o.only in c[0]]
    print(f"1..{len(cases) + len(more)}")
    failures = 0
    for i, (name, module, how, apply) in enumerate(more):
        path, data, wrong = make_derived(o.program, "flex_" + name, module, how, apply, folder)
        wrong = wrong or check(o.program, path, data, torch.float64, 2)
        failures += wrong is not None
        print(f"{'not ok' if wrong else 'ok'} {len(cases) + i + 1} - flex_{name}: {how}" + (f": {wrong}" if wrong else ""), flush=True)
    for i, (name, module, dtype, threads) in enumerate(cases):
        name = "flex_" + name
        path, data = make(name, module, dtype, folder)
        wrong = check(o.program, path, data, dtype, threads)
        if not wrong and dtype == torch.float32 and "random" not in name: wrong = check_stages(o.program, path, data)
        failures += wrong is not None
        print(f"{'not ok' if wrong else 'ok'} {i + 1} - {name} {module.shape} {dtype}" + (f": {wrong}" if wrong else ""), flush=True)
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
