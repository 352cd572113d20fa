#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the cases of tests/programs whose names begin with views_: programs whose inputs are views of one storage that they
write, with what PyTorch computes when they are called on such views. Metadata `views` says how each input lies in it.

usage: views.py DIR       needs torch
"""
import os, re, sys, warnings
import torch
from safetensors.torch import save_file

warnings.filterwarnings("ignore")
OUT = sys.argv[1]


def text_of(f, views, extra):
    """The program as torch.export prints it for inputs that share nothing; f is the text itself where that fails."""
    if isinstance(f, str):
        return f, re.findall(r"(\w+): \"f32", next(line for line in f.splitlines() if "def forward" in line))

    class Module(torch.nn.Module):
        def forward(self, *a):
            return f(*a)

    program = torch.export.export(Module(), tuple(torch.empty(size) for size, _, _ in views) + extra)
    return re.sub(r"File: \S*/(\w+\.py)", r"File: \1", str(program)), [s.arg.name for s in program.graph_signature.input_specs]


def case(name, f, views, grad, extra=(), text=None):
    torch.manual_seed(0)
    numel = max(o + 1 + sum((n - 1) * s for n, s in zip(size, strides)) for size, strides, o in views)
    extra = tuple(torch.randn(*e) for e in extra)
    text, names = text_of(text or f, views, extra)
    pool = torch.randn(numel)
    leaf, leaves = pool.clone().requires_grad_(grad), [e.clone().requires_grad_(grad) for e in extra]
    base = leaf.clone()
    results = f(*[torch.as_strided(base, *v) for v in views], *leaves)
    data, total = {"input.pool": pool}, 0
    for k, r in enumerate(results if isinstance(results, tuple) else (results,)):
        data[f"output.{k}"] = r
        if r.requires_grad:
            data[f"tangent.{k}"] = torch.randn_like(r).contiguous()
            total = total + (r * data[f"tangent.{k}"]).sum()
    if not torch.equal(base, pool):
        data["final.pool"] = base
        if grad:
            data["tangent.final.pool"] = torch.randn_like(base)
            total = total + (base * data["tangent.final.pool"]).sum()
    if grad:
        total.backward()
        data["grad.pool"] = leaf.grad
    others = names[len(views):]
    for n, e, x in zip(others, extra, leaves):
        data[f"input.{n}"] = e
        if x.grad is not None:
            data[f"grad.{n}"] = x.grad
    meta = {"views": ",".join(f"{n}:pool:{o}:" + "x".join(map(str, s)) for n, (_, s, o) in zip(names, views)),
            "requires_grad": ",".join(["pool"] + others if grad else [])}
    with open(os.path.join(OUT, name + ".fx"), "w") as file:
        file.write(text)
    save_file({k: v.detach().clone().contiguous() for k, v in data.items()}, os.path.join(OUT, name + ".safetensors"), metadata=meta)


def add(a, b):
    a.add_(1)
    return a + b


def both(a, b, c):
    a.mul_(3)
    b.mul_(2)
    return a.clone().view(-1) + b.clone().view(-1), c * a.sum()


def output(a, b):
    a.add_(1)
    return b.view(b.shape)


def sizes(a, b):
    b.unsqueeze_(0)
    a.add_(1)
    return a * 2, (b * b).sum()


SIZES = """class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[4]", b: "f32[2, 2]"):
        unsqueeze_: "f32[1, 2, 2]" = torch.ops.aten.unsqueeze_.default(b, 0)
        add_: "f32[4]" = torch.ops.aten.add_.Tensor(a, 1)
        mul: "f32[4]" = torch.ops.aten.mul.Tensor(add_, 2)
        mul_1: "f32[1, 2, 2]" = torch.ops.aten.mul.Tensor(unsqueeze_, unsqueeze_)
        sum_1: "f32[]" = torch.ops.aten.sum.default(mul_1)
        return (mul, sum_1)
"""


def branches(a, b):
    a.mul_(2)
    return torch.cond(b.sum() > 0, lambda a, b: a.sin() + b, lambda a, b: a * b, (a, b))


def branch(a, b):
    """The same without the operator, which refuses operands that share memory when it is called on tensors."""
    a.mul_(2)
    return a.sin() + b if b.sum() > 0 else a * b


for grad in (False, True):
    end = "_train" if grad else ""
    case("views_same" + end, add, [((2,), (1,), 0), ((2,), (1,), 0)], grad)
    case("views_part" + end, add, [((2,), (1,), 2), ((2, 2), (2, 1), 0)], grad)
    case("views_overlap" + end, both, [((4, 4), (9, 1), 0), ((4, 4), (9, 1), 24)], grad, ((3,),))
    case("views_disjoint" + end, both, [((4, 4), (8, 1), 0), ((4, 4), (8, 1), 4)], grad, ((3,),))
    case("views_output" + end, output, [((4,), (1,), 0), ((4,), (1,), 0)], grad)
    case("views_sizes" + end, sizes, [((4,), (1,), 0), ((2, 2), (1, 2), 0)], grad, text=SIZES)
    case("views_cond" + end, branch, [((4,), (1,), 0), ((4,), (2,), 1)], grad, text=branches)
