#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the cases of tests/programs whose names begin with views_, set_ and out_: programs whose inputs are views of one storage that they
write, with what PyTorch computes when they are called on such views. Metadata `views` says how each input lies in it. Then inputs that get other memory.

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


# ---- inputs that get other memory: set_, and results written to tensors that grow


def plain(name, f, inputs, text, grad=(), refuse=None):
    torch.manual_seed(0)
    tensors = {n: torch.randn(*s) for n, s in inputs.items()}
    leaves = {n: t.clone().requires_grad_(n in grad) for n, t in tensors.items()}
    data, total = {f"input.{n}": t for n, t in tensors.items()}, 0
    meta = {"requires_grad": ",".join(grad)}
    if refuse:
        meta["refuse"] = refuse
    else:
        with torch.set_grad_enabled(bool(grad)):
            results = f(*leaves.values())
        for k, r in enumerate(results if isinstance(results, tuple) else (results,)):
            data[f"output.{k}"] = r
            if r.requires_grad:
                data[f"tangent.{k}"] = torch.randn_like(r)
                total = total + (r * data[f"tangent.{k}"]).sum()
        if grad:
            total.backward()
        for n, x in leaves.items():
            if n in grad:
                data[f"grad.{n}"] = x.grad
            if x.shape != tensors[n].shape or not torch.equal(x, tensors[n]):
                data[f"final.{n}"] = x
    arguments = ", ".join(f'{n}: "f32[{", ".join(map(str, s))}]"' for n, s in inputs.items())
    with open(os.path.join(OUT, name + ".fx"), "w") as file:
        file.write(f"class GraphModule(torch.nn.Module):\n    def forward(self, {arguments}):\n" +
                   "".join(f"        {line}\n" for line in text.strip().splitlines()))
    save_file({k: v.detach().clone().contiguous() for k, v in data.items()}, os.path.join(OUT, name + ".safetensors"), metadata=meta)


def set_written(a, b):
    c = b * 2
    a.set_(c)
    c.add_(1)
    return a + c, b * 1


plain("set_then_written", set_written, {"a": (4,), "b": (4,)}, """
mul: "f32[4]" = torch.ops.aten.mul.Tensor(b, 2)
set_: "f32[4]" = torch.ops.aten.set_.source_Tensor(a, mul);  set_ = None
add_: "f32[4]" = torch.ops.aten.add_.Tensor(mul, 1);  add_ = None
add: "f32[4]" = torch.ops.aten.add.Tensor(a, mul)
mul_1: "f32[4]" = torch.ops.aten.mul.Tensor(b, 1)
return (add, mul_1)
""")


def set_input(a, b):
    a.set_(b)
    a.view(-1).mul_(3)
    return b + 1


plain("set_to_an_input", set_input, {"a": (2, 2), "b": (2, 2)}, """
set_: "f32[2, 2]" = torch.ops.aten.set_.source_Tensor(a, b)
view: "f32[4]" = torch.ops.aten.view.default(set_, [-1]);  set_ = None
mul_: "f32[4]" = torch.ops.aten.mul_.Tensor(view, 3);  mul_ = None
add: "f32[2, 2]" = torch.ops.aten.add.Tensor(b, 1)
return (add,)
""")


def set_part(a, b):
    a.set_(b[1:])
    a.view(-1).mul_(3)
    return b.sum()


plain("set_steals_the_views", set_part, {"a": (4,), "b": (5,)}, """
slice_1: "f32[4]" = torch.ops.aten.slice.Tensor(b, 0, 1, 5)
set_ = torch.ops.aten.set_.source_Tensor(a, slice_1);  set_ = None
view: "f32[4]" = torch.ops.aten.view.default(a, [-1])
mul_ = torch.ops.aten.mul_.Tensor(view, 3);  mul_ = None
sum_1: "f32[]" = torch.ops.aten.sum.default(b)
return (sum_1,)
""")


def set_undone(a):
    old = a.detach()
    a.set_(a * 2)
    x = a + 1
    a.set_(old)
    return x


plain("set_undone", set_undone, {"a": (4,)}, """
detach: "f32[4]" = torch.ops.aten.detach.default(a)
mul: "f32[4]" = torch.ops.aten.mul.Tensor(a, 2)
set_ = torch.ops.aten.set_.source_Tensor(a, mul);  set_ = None
add: "f32[4]" = torch.ops.aten.add.Tensor(a, 1)
set__1 = torch.ops.aten.set_.source_Tensor(a, detach);  set__1 = None
return (add,)
""")

plain("set_refuse_stale_view", None, {"a": (4,), "b": (4,)}, """
view: "f32[4]" = torch.ops.aten.view.default(a, [4])
mul: "f32[4]" = torch.ops.aten.mul.Tensor(b, 2)
set_ = torch.ops.aten.set_.source_Tensor(a, mul);  set_ = None
mul_ = torch.ops.aten.mul_.Tensor(view, 3);  mul_ = None
return (a,)
""", refuse="cannot mutate tensors with frozen storage")

plain("set_refuse_trained", None, {"a": (4,), "b": (4,)}, """
mul: "f32[4]" = torch.ops.aten.mul.Tensor(b, a)
set_ = torch.ops.aten.set_.source_Tensor(a, mul);  set_ = None
sum_1: "f32[]" = torch.ops.aten.sum.default(a)
return (sum_1,)
""", grad=("a", "b"), refuse="but the input has other mutations that we cannot")

plain("set_refuse_size", None, {"a": (4,), "b": (5,)}, """
set_ = torch.ops.aten.set_.source_Tensor(a, b);  set_ = None
mul: "f32[5]" = torch.ops.aten.mul.Tensor(a, 2)
return (mul,)
""", refuse="set_ gives the input a memory of another size")


def out_grows(a):
    o, p = torch.empty(0), torch.empty(6)
    torch.mul(a.detach(), 2, out=o)
    v, i = torch.empty(2), torch.empty(2, dtype=torch.int64)
    torch.max(a.detach(), 1, out=(v, i))
    torch.add(a.detach().view(-1), 1, out=p[:6])
    return (o * a).sum() + (v * i).sum() + (p * a.view(-1)).sum()


plain("out_grows", out_grows, {"a": (2, 3)}, """
empty: "f32[0]" = torch.ops.aten.empty.memory_format([0])
empty_1: "f32[6]" = torch.ops.aten.empty.memory_format([6])
detach: "f32[2, 3]" = torch.ops.aten.detach.default(a)
mul = torch.ops.aten.mul.out(detach, 2, out = empty);  mul = None
empty_2: "f32[2]" = torch.ops.aten.empty.memory_format([2])
empty_3: "i64[2]" = torch.ops.aten.empty.memory_format([2], dtype = torch.int64)
max_1 = torch.ops.aten.max.dim_max(detach, 1, max = empty_2, max_values = empty_3);  max_1 = None
view: "f32[6]" = torch.ops.aten.view.default(detach, [-1])
slice_1: "f32[6]" = torch.ops.aten.slice.Tensor(empty_1, 0, 0, 6)
add = torch.ops.aten.add.out(view, 1, out = slice_1);  add = None
mul_1: "f32[2, 3]" = torch.ops.aten.mul.Tensor(empty, a)
sum_1: "f32[]" = torch.ops.aten.sum.default(mul_1)
mul_2: "f32[2]" = torch.ops.aten.mul.Tensor(empty_2, empty_3)
sum_2: "f32[]" = torch.ops.aten.sum.default(mul_2)
view_1: "f32[6]" = torch.ops.aten.view.default(a, [-1])
mul_3: "f32[6]" = torch.ops.aten.mul.Tensor(empty_1, view_1)
sum_3: "f32[]" = torch.ops.aten.sum.default(mul_3)
add_1: "f32[]" = torch.ops.aten.add.Tensor(sum_1, sum_2)
add_2: "f32[]" = torch.ops.aten.add.Tensor(add_1, sum_3)
return (add_2,)
""", grad=("a",))
