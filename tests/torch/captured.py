#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the cases of tests/programs whose names begin with dynamo_ and stage_: modules with higher-order operators as
torch.compile captures them (`print_readable` of Dynamo's graph), and the forward and backward that AOTAutograd prints for
them, with what PyTorch computes when it runs that graph.

usage: captured.py DIR       needs torch
"""
import copy, functools, os, re, sys, warnings
import torch
import torch.utils._pytree as pytree
from functorch.compile import make_boxed_func, min_cut_rematerialization_partition
from safetensors.torch import save_file
from torch import nn
from torch._dynamo.backends.common import aot_autograd
from torch._higher_order_ops.associative_scan import associative_scan
from torch._higher_order_ops.scan import scan
from torch._higher_order_ops.while_loop import while_loop
from torch.utils.checkpoint import CheckpointPolicy, checkpoint, create_selective_checkpoint_contexts

warnings.filterwarnings("ignore")
OUT, CASES = sys.argv[1], []
T = torch.randn


def case(name, *shapes, train=True, dynamic=False, stages=None):
    """A module class: its Dynamo graph is dynamo_NAME, its stages are stage_STAGES_forward and _backward."""

    def add(c):
        CASES.append((name, c, shapes, train, dynamic, stages))
        return c

    return add


def write(name, text, data, grads):
    with open(os.path.join(OUT, name + ".fx"), "w") as f:
        f.write(re.sub(r"File: \S*/(\w+\.py)", r"File: \1", text))
    save_file({k: v.detach().clone().contiguous() for k, v in data.items()}, os.path.join(OUT, name + ".safetensors"),
              metadata={"requires_grad": ",".join(grads)})


def record(name, graph, values, train):
    """Runs a graph module on copies of the values of its placeholders, and writes text, inputs and results."""
    names = [n.name for n in graph.graph.nodes if n.op == "placeholder"]
    tensors = {n: v.detach().clone() if isinstance(v, torch.Tensor) else torch.tensor(int(v)) for n, v in zip(names, values)}
    data = {f"input.{n}": v for n, v in tensors.items()}
    data.update({n: v for n, v in graph.named_buffers()})
    data.update({n: v for n, v in vars(graph).items() if isinstance(v, torch.Tensor)})
    leaves = {n: v.clone().requires_grad_(train and v.is_floating_point()) for n, v in tensors.items()}
    call = [leaves[n] if isinstance(v, torch.Tensor) else int(v) for n, v in zip(names, values)]
    with torch.set_grad_enabled(train):
        results = pytree.tree_leaves(copy.deepcopy(graph)(*call), is_leaf=lambda x: x is None)
    total = 0
    for k, r in enumerate(results):
        if isinstance(r, torch.Tensor):
            data[f"output.{k}"] = r
            if train and r.requires_grad:
                data[f"tangent.{k}"] = T(r.shape)
                total = total + (r * data[f"tangent.{k}"]).sum()
    grads = [n for n, v in leaves.items() if v.requires_grad]
    if grads:
        total.backward()
        data.update({f"grad.{n}": leaves[n].grad for n in grads if leaves[n].grad is not None})
    write(name, graph.print_readable(print_output=False), data, grads)


def run(name, c, shapes, train, dynamic, stages):
    torch.manual_seed(1)
    module, args, seen = c(), [T(*s) for s in shapes], []

    def backend(graph, example):
        def first(*values):
            seen.append((graph, values))
            return graph(*values)

        return first

    torch._dynamo.reset()
    with torch.set_grad_enabled(train):
        torch.compile(module, backend=backend, dynamic=dynamic)(*[a.clone() for a in args])
    record("dynamo_" + name, *seen[0], train)
    if not stages:
        return

    def compiler(graph, example):
        return make_boxed_func(backend(graph, example))

    seen.clear()
    torch._dynamo.reset()
    aot = aot_autograd(fw_compiler=compiler, bw_compiler=compiler, partition_fn=min_cut_rematerialization_partition)
    torch.compile(module, backend=aot)(*[a.clone().requires_grad_() for a in args]).sum().backward()
    for which, (graph, values) in zip(("forward", "backward"), seen):
        record(f"stage_{stages}_{which}", graph, values, False)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(4, 4)
        self.register_buffer("k", T(4))

    def forward(self, x):
        return torch.tanh(self.l(x)) + self.k


class Product(torch.autograd.Function):
    """Saves what may be transposed."""

    @staticmethod
    def forward(ctx, x, w):
        ctx.save_for_backward(x, w)
        return (x @ w).clamp(-1, 1)

    @staticmethod
    def backward(ctx, g):
        x, w = ctx.saved_tensors
        return g @ w.mT, x.reshape(-1, x.shape[-1]).t() @ g.reshape(-1, g.shape[-1])


@case("auto_fn", (3, 4))
class Twice(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(T(4, 4))

    def forward(self, x):
        return (Product.apply(x * 2, self.w) * Product.apply(x, self.w.t())).sum()


@case("auto_fn3", (2, 4, 3), (5, 4))
class Transposed(nn.Module):
    def forward(self, x, w):
        return Product.apply(x.mT, w.t()).sum()


class Strided(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * 2

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return torch.as_strided(x.clone(memory_format=torch.contiguous_format), (4, 3), (3, 1)).reshape(3, 4) * g + x.split(2, 1)[0].sum()


@case("auto_fn4", (4, 3))
class Places(nn.Module):
    def forward(self, x):
        return Strided.apply(x.t()).sum()


@case("out_arg", (4, 4))
class Out(nn.Module):
    def forward(self, x):
        o = torch.empty(4, 4)
        torch.mul(x.detach(), 2, out=o)
        return (o * x).sum()


@case("while_mod", (3, 4), train=False)
class While(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = Layer()

    def forward(self, x):
        return while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, self.l(x)), (torch.tensor(0), x))[1].sum()


@case("nested", (3, 4), stages="nested")
class Nested(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.l = nn.Parameter(T(4, 4) * 0.3), Layer()

    def forward(self, x):
        def step(h, v):
            n = torch.cond(h.sum() > 0, lambda h: torch.tanh(h @ self.w + v), lambda h: h * 0.5 + self.l(v), (h,))
            return n, n * 1.0

        h, ys = scan(step, x[0] * 2, x)
        return h.sum() + ys.sum()


@case("assoc_pair", (7, 3), (7, 3))
class Pair(nn.Module):
    def forward(self, a, b):
        r = associative_scan(lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a.sigmoid(), b), 0, combine_mode="generic")
        return (r[0] + r[1]).sum()


def keep_products(ctx, op, *a, **k):
    products = (torch.ops.aten.mm.default, torch.ops.aten.addmm.default)
    return CheckpointPolicy.MUST_SAVE if op in products else CheckpointPolicy.PREFER_RECOMPUTE


@case("ckpt_policy", (3, 4))
class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = Layer(), Layer()

    def forward(self, x):
        policy = functools.partial(create_selective_checkpoint_contexts, keep_products)
        return checkpoint(lambda x: (self.a(x) @ self.b.l.weight).sin(), x, use_reentrant=False, context_fn=policy).sum()


@case("sizes_region", (5, 4), dynamic=True, stages="region")
class Region(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(T(4, 4))

    def forward(self, x):
        @torch.compiler.nested_compile_region
        def region(x, w):
            return (x @ w).sin() * x.shape[0]

        return (region(x, self.w) + region(x * 2, self.w)).sum()


@case("sizes_checkpoint", (5, 3, 4), dynamic=True)
class Flattened(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = Layer()

    def forward(self, x):
        return checkpoint(lambda x: self.l(x.view(-1, 4)).view(x.shape[0], -1, 4), x, use_reentrant=False).sum()


@case("einsum", (3, 4), (4, 5))
class Einsum(nn.Module):
    def forward(self, x, w):
        return torch.einsum("ij,jk->ki", x, w).softmax(-1).log().sum()


@case("constants", (3, 4), (3, 4), stages="constants")
class Constants(nn.Module):
    def forward(self, x, y):
        z = torch.where(x > 0, x, y).masked_fill(x > 0, 0.5)
        return (z.index_select(0, torch.tensor([0, 2])).gather(1, torch.tensor([[0, 1], [2, 3]])) * x[:2, :2]).sum()


for entry in CASES:
    run(*entry)
