#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Transforms of programs against torch.func, in f64: programs of every kind under transforms and their
compositions; and programs that carry vmap and derivatives as marks, as torch.export and Dynamo write them, also stacks drawn at random.

usage: transforms.py PROGRAM [--only NAME] [--keep DIR] [--random N] [--seed S]    DIR gets the exported programs with marks, as cases
Prints TAP. Needs torch, safetensors.
"""
import argparse, os, random, re, subprocess, sys, tempfile, warnings
import torch
import torch.nn.functional as F
from torch.func import grad, grad_and_value, hessian, jacfwd, jacrev, jvp, vjp, vmap
from safetensors.torch import load_file, save_file
import torch.nn.attention.flex_attention as flex
from torch._higher_order_ops.associative_scan import associative_scan
from torch._higher_order_ops.map import map as map_impl
from torch._higher_order_ops.scan import scan
from torch._higher_order_ops.while_loop import while_loop

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)
flex._validate_device = lambda *a: None  # PyTorch refuses to export what it could not train


class Module(torch.nn.Module):
    def __init__(self, f):
        super().__init__()
        self.f = f

    def forward(self, *args):
        return self.f(*args)


def flat(x):
    return [t for y in x for t in flat(y)] if isinstance(x, (tuple, list)) else [x]


def compare(expected, got):
    if isinstance(got, str):
        return got[-900:]
    for i, e in enumerate(flat(expected)):
        g = got.get(f"output.{i}")
        if g is None:
            return f"output {i} is missing"
        if tuple(g.shape) != tuple(e.shape):
            return f"output {i}: {tuple(g.shape)}, expected {tuple(e.shape)}"
        if not torch.allclose(g.double(), e.double(), rtol=1e-7, atol=1e-8, equal_nan=True):
            return f"output {i} differs by {(g.double() - e.double()).abs().max():.3g}"
    return None


# ---- derivatives of the user's own ----------------------------------------------------------------------------------

class Sine(torch.autograd.Function):
    """Its derivative is not that of its value, so one that is lost shows; the second output has none."""

    generate_vmap_rule = True

    @staticmethod
    def forward(x, y):
        return x.sin() * y, (x > 0)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.mark_non_differentiable(output[1])
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, g, _):
        x, y = ctx.saved_tensors
        return 3 * g * x.cos() * y, (2 * g * x.sin()).sum_to_size(y.shape) if ctx.needs_input_grad[1] else None


class Twice(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x, k, w):
        return x * k, w.exp() + x.sum()

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.k = inputs[1]
        ctx.save_for_backward(inputs[2], output[1])

    @staticmethod
    def backward(ctx, g, h):
        w, e = ctx.saved_tensors
        return g * ctx.k + h.sum(), None, h * e * 2 + w * g.sum()


# ---- programs: f of vectors and matrices to a scalar ----------------------------------------------------------------

def loop(body, x, n):
    for i in range(n):
        x = body(x)
    return x


def plain_scan(f, init, xs):
    ys = []
    for x in xs:
        init, y = f(init, x)
        ys.append(y)
    return init, torch.stack(ys)


def fresh(f):
    return lambda *a: tuple(t * 1.0 for t in r) if isinstance(r := f(*a), tuple) else r * 1.0


class Ops:
    """The real operators where `real`, else what they stand for, which torch.func can transform."""

    def __init__(self, real):
        self.real = real

    def cond(self, p, yes, no, *xs):
        if self.real:
            return torch.cond(p, fresh(yes), fresh(no), xs)
        return torch.where(p, yes(*xs), no(*xs))

    def scan(self, f, init, xs):
        return scan(fresh(f), init, xs, dim=0) if self.real else plain_scan(f, init, xs)

    def map(self, f, xs):
        return map_impl(fresh(f), xs) if self.real else torch.stack([f(x) for x in xs])

    def times(self, f, x, n):
        if not self.real:
            return loop(f, x, n)
        start = torch.zeros((), dtype=torch.int64)
        return while_loop(lambda i, c: i < n, lambda i, c: (i + 1, f(c) * 1.0), (start, x))[1]

    def normal(self, x, dims, w, b):
        """(x - mean) / deviation. PyTorch's derivative of a batch of its gradients leaves out the statistics'."""
        mean = x.mean(dims, keepdim=True)
        return (x - mean) / ((x - mean).pow(2).mean(dims, keepdim=True) + 1e-5).sqrt() * w + b

    def layer_norm(self, x, w, b):
        return F.layer_norm(x, (x.shape[-1],), w, b) if self.real else self.normal(x, -1, w, b)

    def batch_norm(self, x, w, b):
        return F.batch_norm(x, None, None, w, b, True) if self.real else self.normal(x, 0, w, b)

    def attention(self, q, k, v, mod=None, mask=None):
        """mod and mask are functions of numbers; here of coordinates that broadcast."""
        mod, mask = mod or (lambda s, *at: s), mask or (lambda b, h, m, n: m >= -1)
        if self.real:
            sizes = (q.shape[0], q.shape[1], q.shape[2], k.shape[2])
            return flex.flex_attention(q, k, v, score_mod=mod, block_mask=flex.create_block_mask(mask, *sizes, device="cpu", BLOCK_SIZE=2),
                                       enable_gqa=q.shape[1] != k.shape[1])
        k, v = (t.repeat_interleave(q.shape[1] // k.shape[1], 1).expand(q.shape[0], -1, -1, -1) for t in (k, v))
        s = q @ k.mT / q.shape[-1] ** 0.5
        at = [torch.arange(n).view([-1 if d == i else 1 for d in range(4)]) for i, n in enumerate(s.shape)]
        s = torch.where(mask(*at), mod(s, *at), -float("inf"))
        hidden = (s == -float("inf")).all(-1, keepdim=True)
        return torch.where(hidden, 0.0, torch.where(hidden, 0.0, s).softmax(-1)) @ v

    def prefixes(self, f, xs):
        if self.real:
            return associative_scan(fresh(f), xs, 0)
        out = [xs[0]]
        for x in xs[1:]:
            out.append(f(out[-1], x))
        return torch.stack(out)


def programs():
    r = torch.randn
    g = torch.Generator().manual_seed(3)
    r = lambda *s: torch.randn(*s, generator=g)
    yield "mlp", lambda o, x, w: torch.tanh(w @ x).pow(2).sum(), (r(3), r(4, 3))
    yield "softmax", lambda o, x, w: (F.softmax(w @ x, 0) * F.log_softmax(x[:2].sum() * w[:, 0], 0)).sum(), (r(3), r(4, 3))
    yield "layer_norm", lambda o, x, w: (o.layer_norm(w @ x, w[:, 0], w[:, 1]).sin()).sum(), (r(3), r(4, 3))
    yield "group_norm", lambda o, x, w: F.group_norm(x.view(1, 4, 3), 2, w[0], w[1]).cos().sum(), (r(12), r(2, 4))
    yield "batch_norm", lambda o, x, w: o.batch_norm(x.view(3, 4), w[0], w[1]).cos().sum(), (r(12), r(2, 4))
    yield "conv", lambda o, x, w: F.conv2d(x.view(1, 2, 5, 5), w, padding=1).tanh().sum(), (r(50), r(3, 2, 3, 3))
    yield "conv1d_grouped", lambda o, x, w: F.conv1d(x.view(2, 4, 5), w, groups=2, stride=2).tanh().sum(), (r(40), r(6, 2, 3))
    yield "pool", lambda o, x, w: (F.max_pool2d(x.view(1, 2, 6, 6), 2).sin() * F.avg_pool2d(x.view(1, 2, 6, 6), 2)).sum() * w.sum(), (r(72), r(2))
    yield "gelu", lambda o, x, w: (F.gelu(x * w[0]) * F.silu(x + w[1])).sum() + F.gelu(w, approximate="tanh").sum(), (r(3), r(2, 3))
    yield "index", lambda o, x, w: (w[[2, 0, 2]][:, [0, 1]].sin() * x[:2]).sum() + w.gather(0, torch.tensor([[1, 0, 3]])).sum(), (r(3), r(4, 3))
    yield "embedding", lambda o, x, w: (F.embedding(torch.tensor([3, 1, 1]), w) * x).cos().sum(), (r(3), r(4, 3))
    yield "attention", lambda o, x, w: F.scaled_dot_product_attention(x.view(1, 2, 3, 2), w, w.sin()).cos().sum(), (r(12), r(1, 2, 4, 2))
    yield "cross_entropy", lambda o, x, w: F.cross_entropy(w @ x.view(3, 2), torch.tensor([1, 0, 1, 1])), (r(6), r(4, 3))
    yield "mse", lambda o, x, w: F.mse_loss(w @ x, w[:, 0].sin()) + F.smooth_l1_loss(x, w[0]), (r(3), r(4, 3))
    yield "views", lambda o, x, w: (w.t().reshape(2, 6).transpose(0, 1)[1:4].flip(0).cumsum(0) * x[:2]).sum() + torch.cat([x, w[0]]).roll(1).prod(), (r(3), r(4, 3))
    yield "in_place", lambda o, x, w: (x * 2).add_(w[0]).mul_(x).sin().sum(), (r(3), r(4, 3))
    yield "where", lambda o, x, w: torch.where(x > 0, x.sin(), x * w[0]).sum() + w.clamp(-0.5, 0.5).sum(), (r(3), r(4, 3))
    yield "reductions", lambda o, x, w: w.logsumexp(1).sum() * w.var() + x.norm() * w.amax(0).sum() + w.std(1).prod() + x.max() * x.min(), (r(3), r(4, 3))
    yield "cond", lambda o, x, w: o.cond(x.sum() > 0, lambda x, w: (w @ x).sin(), lambda x, w: (w @ x).cos(), x, w).sum(), (r(3), r(4, 3))
    yield "scan", lambda o, x, w: (lambda c, y: c.sum() + y.prod(0).sum())(*o.scan(lambda c, y: (torch.tanh(c * y + w[0]), (c * y).sin()), x, w)), (r(3), r(4, 3))
    yield "map", lambda o, x, w: o.map(lambda y: torch.sin(y * x).cumsum(0), w).pow(2).sum(), (r(3), r(4, 3))
    yield "while", lambda o, x, w: o.times(lambda c: torch.sin(c * w[0]) + c, x, 3).sum(), (r(3), r(4, 3))
    yield "while_none", lambda o, x, w: o.times(lambda c: torch.sin(c * w[0]) + c, x.cos(), 0).pow(2).sum() * w.sum(), (r(3), r(4, 3))
    yield "while_matrix", lambda o, x, w: o.times(lambda c: torch.tanh(w.t() @ (w @ c)) + x, x * 2, 4).pow(2).sum(), (r(3), r(4, 3))
    yield "while_in_cond", lambda o, x, w: o.cond(w.sum() > 0, lambda x, w: o.times(lambda c: torch.sin(c * w[0]) + c, x, 3), lambda x, w: o.times(lambda c: c * x.cos() * w[1], x, 2), x, w).pow(2).sum(), (r(3), r(4, 3))
    yield "while_in_while", lambda o, x, w: o.times(lambda c: o.times(lambda d: torch.sin(d * w[0]) + x, c * 1.0, 2) * w[1], x, 3).pow(2).sum(), (r(3), r(4, 3))
    yield "while_in_scan", lambda o, x, w: o.scan(lambda c, y: (o.times(lambda d: torch.sin(d * y) + d, c, 2), (c * y).sin()), x, w)[0].pow(2).sum(), (r(3), r(4, 3))
    yield "scan_in_while", lambda o, x, w: o.times(lambda c: o.scan(lambda d, y: (torch.tanh(d * y + c), d * y), c * 1.0, w)[0], x, 3).pow(2).sum(), (r(3), r(4, 3))
    yield "cond_in_while", lambda o, x, w: o.times(lambda c: o.cond(c.sum() > 0, lambda c, w: torch.sin(c * w[0]), lambda c, w: c * w[1] + x.cos(), c, w), x, 3).pow(2).sum(), (r(3), r(4, 3))
    yield "prefixes", lambda o, x, w: (o.prefixes(lambda a, b: a + b + a * b, w) * x).sum(), (r(3), r(4, 3))
    yield "scan_of_cond", lambda o, x, w: o.scan(lambda c, y: (o.cond(y.sum() > 0, lambda c, y: torch.sin(c * y), lambda c, y: c + y, c, y), y * c), x, w)[0].pow(2).sum(), (r(3), r(4, 3))
    yield "map_of_scan", lambda o, x, w: o.map(lambda y: o.scan(lambda c, z: (c * z + y.sin(), c), y, w)[0], w[:2]).sum() * x.sum(), (r(3), r(4, 3))
    yield "function", lambda o, x, w: (Sine.apply(x, w)[0] * w[0]).pow(2).sum(), (r(3), r(4, 3))
    yield "function_sum", lambda o, x, w: Sine.apply(w @ x, w[:, 0])[0].cos().sum() + Sine.apply(x, w[0])[0].prod(), (r(3), r(4, 3))
    yield "function_two", lambda o, x, w: (lambda a, b: (a * b[0]).sum() + b.sin().sum())(*Twice.apply(x, 3, w)), (r(3), r(4, 3))
    yield "function_in_scan", lambda o, x, w: o.scan(lambda c, y: (Sine.apply(c, y)[0] + c, c * y), x, w)[0].pow(2).sum(), (r(3), r(4, 3))
    yield "function_in_cond", lambda o, x, w: o.cond(x.sum() > 0, lambda x, w: Sine.apply(x, w[0])[0], lambda x, w: Twice.apply(x, 2, w)[0], x, w).pow(2).sum(), (r(3), r(4, 3))
    yield "flex", lambda o, x, w: o.attention(x.view(1, 2, 3, 4), x.view(1, 2, 3, 4).cos(), x.view(1, 2, 3, 4) * w[0], (lambda c: lambda s, b, h, m, n: torch.tanh(s) * c)(w[1, 0])).sin().sum(), (r(24), r(2, 4))
    yield "flex_table", lambda o, x, w: o.attention(x.view(2, 2, 3, 4), x.view(2, 2, 3, 4).cos(), x.view(2, 2, 3, 4)[..., :3], (lambda c: lambda s, b, h, m, n: s + w[h, m - n + 2] * c[b])(w[0]), lambda b, h, m, n: m >= n).sin().sum(), (r(48), r(2, 5))
    yield "flex_shared", lambda o, x, w: o.attention(x.view(2, 4, 3, 2), w[:, :12].view(1, 2, 6, 2), w[:, 12:].reshape(1, 2, 6, 2), lambda s, b, h, m, n: s * x[h] + x[m + n], lambda b, h, m, n: (m + n + b > 2) & (m != 1)).sin().sum(), (r(48), r(2, 24))


# ---- transforms: (text, the same in torch.func, arguments for it) ----------------------------------------------------

def transforms(x, w, size=3):
    xs, ws = torch.stack([x * (1 + 0.3 * i) for i in range(size)]), torch.stack([w - 0.2 * i for i in range(size)])
    v = f"vmap(size={size}, in_dims="
    yield "grad(0, 1)", lambda f: grad(f, argnums=(0, 1)), (x, w)
    yield "grad_and_value(1)", lambda f: lambda x, w: grad_and_value(f, argnums=1)(x, w), (x, w)
    yield "jvp(0)", lambda f: lambda x, w, t: jvp(lambda x: f(x, w), (x,), (t,)), (x, w, x.cos())
    yield "jvp(0, 1)", lambda f: lambda x, w, t, u: jvp(f, (x, w), (t, u)), (x, w, x.cos(), w.sin())
    yield "vjp(0, 1)", lambda f: lambda x, w, u: (f(x, w), *vjp(f, x, w)[1](u)), (x, w, torch.tensor(1.5))
    yield v + "(0, None))", lambda f: vmap(f, in_dims=(0, None)), (xs, w)
    yield v + "(None, -1))", lambda f: vmap(f, in_dims=(None, -1)), (x, ws.movedim(0, -1).contiguous())
    yield v + "0)", lambda f: vmap(f), (xs, ws)
    yield "grad(1); " + v + "(0, None), out_dims=1)", lambda f: vmap(grad(f, argnums=1), in_dims=(0, None), out_dims=1), (xs, w)
    yield "hessian(0)", lambda f: hessian(f), (x, w)
    yield "jacrev(0); " + v + "(0, 0))", lambda f: vmap(jacrev(f)), (xs, ws)
    yield "grad(0); jacfwd(1)", lambda f: jacfwd(grad(f), argnums=1), (x, w)
    back = lambda f, *a: (lambda *xu: (lambda y, pull: (*flat(y), *pull(xu[-1])))(*vjp(f, *xu[:-1])))(*a)
    yield v + "(0, None)); vjp(0, 1)", lambda f: lambda *a: back(vmap(f, in_dims=(0, None)), *a), (xs, w, torch.arange(size) - 0.5)
    yield v + "(None, 0)); jacrev(0)", lambda f: jacrev(vmap(f, in_dims=(None, 0))), (x, ws)
    yield "grad(0); vjp(0, 1)", lambda f: lambda *a: back(grad(f), *a), (x, w, x.sin())
    yield "grad(0); " + v + "(0, None)); jvp(1)", lambda f: lambda xs, w, t: jvp(lambda w: vmap(grad(f), in_dims=(0, None))(xs, w), (w,), (t,)), (xs, w, w.sin())
    yield "grad(1); " + v + "(None, 0)); jacrev(0)", lambda f: jacrev(vmap(grad(f, argnums=1), in_dims=(None, 0))), (x, ws)
    yield "jacrev(0); jvp(0); " + v + "(0, None, None))", lambda f: vmap(lambda x, w, t: jvp(lambda x: jacrev(f)(x, w), (x,), (t,)), in_dims=(0, None, None)), (xs, w, x.cos())
    total = lambda f: lambda *a: sum(t.sin().sum() for t in flat(f(*a)))
    yield "grad(0); jvp(1)", lambda f: lambda x, w, t: jvp(lambda w: grad(f)(x, w), (w,), (t,)), (x, w, w.sin())


def marked():
    """Programs that torch.export writes with marks of vmap: (name, function, arguments, differentiated)."""
    g = torch.Generator().manual_seed(5)
    r = lambda *s: torch.randn(*s, generator=g)
    yield "vmap_sum", lambda x: vmap(lambda r: (r * 2).sum())(x), (r(4, 3),)
    yield "vmap_linear", lambda x, w, b: vmap(F.linear, in_dims=(0, None, None))(x, w, b).tanh().sum(), (r(4, 3), r(5, 3), r(5))
    yield "vmap_in_out", lambda x, y: vmap(lambda a, b: a * b.sum() + b, in_dims=(1, 0), out_dims=1)(x, y), (r(3, 4), r(4, 3))
    yield "vmap_nested", lambda x, w: vmap(lambda r: vmap(lambda a, b: a.sin() * b.sum() + r.sum(), in_dims=(0, None))(r, w))(x), (r(4, 3), r(2))
    yield "vmap_twice", lambda x: vmap(torch.sin)(vmap(lambda r: r.cumsum(0))(x)), (r(4, 3),)
    yield "vmap_in_place", lambda x: vmap(lambda r: (r * 2).add_(1).mul_(r))(x), (r(4, 3),)
    yield "vmap_matmul", lambda x, y: vmap(lambda a, b: F.softmax(a @ b, -1))(x, y), (r(4, 2, 3), r(4, 3, 5))
    yield "vmap_norm", lambda x, w: vmap(lambda a: F.layer_norm(a, (3,), w))(x).pow(2).sum(), (r(4, 2, 3), r(3))
    yield "vmap_chunks", lambda x: vmap(lambda r: r.exp().sum(), chunk_size=2)(x), (r(4, 3),)
    yield "vmap_two_outputs", lambda x: vmap(lambda r: (r.max(0)[0], r.argmax(), r + 1))(x), (r(4, 3),)


def captured():
    """Programs that Dynamo writes with marks of derivatives: (name, function, arguments)."""
    g = torch.Generator().manual_seed(6)
    r = lambda *s: torch.randn(*s, generator=g)
    x, w, xs = r(3), r(4, 3), r(5, 3)
    net = lambda x, w: torch.tanh(w @ x).pow(2).sum()
    many = lambda x, w: torch.sin(w @ x)
    total = lambda x, w: net(x, w).exp()
    yield "func_grad", lambda x, w: grad(net)(x, w), (x, w)
    yield "func_grad_two", lambda x, w: grad(net, argnums=(0, 1))(x, w), (x, w)
    yield "func_value", lambda x, w: grad_and_value(net)(x, w), (x, w)
    yield "func_aux", lambda x, w: grad(lambda x: (net(x, w), x.sin()), has_aux=True)(x), (x, w)
    yield "func_closure", lambda x, w: grad(lambda y: (y * x).sum() * net(y, w))(x), (x, w)
    yield "func_vjp", lambda x, w: vjp(many, x, w)[1](torch.ones(4)), (x, w)
    yield "func_vjp_value", lambda x, w: (lambda y, pull: (y, *pull(y.cos())))(*vjp(many, x, w)), (x, w)
    yield "func_jvp", lambda x, w: jvp(lambda x: many(x, w), (x,), (x.cos(),)), (x, w)
    yield "func_jvp_two", lambda x, w: jvp(many, (x, w), (x.cos(), w.sin())), (x, w)
    yield "func_jvp_constant", lambda x, w: jvp(lambda x: (w.sum(), x * 2), (x,), (x,)), (x, w)
    yield "func_jacrev", lambda x, w: jacrev(many)(x, w), (x, w)
    yield "func_jacrev_two", lambda x, w: jacrev(many, argnums=(0, 1))(x, w), (x, w)
    yield "func_jacfwd", lambda x, w: jacfwd(many)(x, w), (x, w)
    yield "func_hessian", lambda x, w: hessian(net)(x, w), (x, w)
    yield "func_grad_grad", lambda x, w: grad(lambda x: grad(net)(x, w).sin().sum())(x), (x, w)
    yield "func_jvp_jvp", lambda x, w: jvp(lambda y: jvp(lambda z: many(z * y, w), (y,), (y.sin(),))[1], (x,), (x.cos(),)), (x, w)
    yield "func_hvp", lambda x, w: jvp(lambda x: grad(net)(x, w), (x,), (x.sin(),))[1], (x, w)
    yield "func_reverse_hvp", lambda x, w: vjp(lambda x: grad(net)(x, w), x)[1](x.sin())[0], (x, w)
    yield "func_vmap_grad", lambda xs, w: vmap(grad(net), in_dims=(0, None))(xs, w), (xs, w)
    yield "func_vmap_grad_w", lambda xs, w: vmap(grad(net, argnums=1), in_dims=(0, None))(xs, w), (xs, w)
    yield "func_grad_vmap", lambda xs, w: grad(lambda xs: vmap(net, in_dims=(0, None))(xs, w).sin().sum())(xs), (xs, w)
    yield "func_grad_vmap_w", lambda xs, w: grad(lambda w: vmap(net, in_dims=(0, None))(xs, w).sin().sum())(w), (xs, w)
    yield "func_vmap_jvp", lambda xs, w: vmap(lambda x: jvp(lambda x: many(x, w), (x,), (x.cos(),)))(xs), (xs, w)
    yield "func_vmap_jacrev", lambda xs, w: vmap(jacrev(many), in_dims=(0, None))(xs, w), (xs, w)
    yield "func_jacrev_vmap", lambda xs, w: jacrev(lambda xs: vmap(net, in_dims=(0, None))(xs, w))(xs), (xs, w)
    yield "func_in_cond", lambda x, w: torch.cond(x.sum() > 0, lambda x, w: grad(net)(x, w), lambda x, w: x * w[0], (x, w)), (x, w)
    yield "func_attention", lambda x, w: grad(lambda q: F.scaled_dot_product_attention(q.view(1, 1, 3, 1), w.view(1, 1, 4, 3)[..., :1], w.view(1, 1, 4, 3)[..., 1:]).pow(2).sum())(x), (x, w)


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def report(self, why, name):
        self.count += 1
        self.failed += why is not None
        print(f"{'ok' if why is None else 'not ok'} {self.count} - {name}")
        if why is not None:
            print("\n".join("# " + l for l in str(why).splitlines()))
        sys.stdout.flush()


def check_transforms(tap, binary, folder, only):
    for name, f, (x, w) in programs():
        if only and only != name:
            continue
        try:
            text = (capture if "function" in name else export)(lambda x, w: f(Ops(True), x, w), (x, w))
        except Exception as e:
            print(f"# {name} is not exported: {str(e).splitlines()[0][:120]}")
            continue
        for how, apply, args in transforms(x, w):
            expected = None
            try:
                expected = apply(lambda x, w: f(Ops(False), x, w))(*args)
            except Exception as e:
                tap.report(None, f"{name}: {how} # SKIP torch.func: {type(e).__name__}")
                continue
            got = run_transformed(binary, text, args, how, folder)
            tap.report(compare(expected, got), f"{name}: {how}")


def run_transformed(binary, text, args, how, folder):
    """The outputs of a transformed program, or the words of a refusal. Inputs that the transform adds are named by it."""
    program, data, out = (os.path.join(folder, n) for n in ("p.fx", "p.safetensors", "o.safetensors"))
    open(program, "w").write(text)
    printed = subprocess.run([binary, "compile", program, "--emit", "input", "--infer", "--transform", how], capture_output=True, text=True)
    if printed.returncode:
        return printed.stderr.strip()
    if "# inputs" in printed.stdout:
        names = [l.split(":")[0].strip() for l in printed.stdout.split("# inputs")[1].split("# outputs")[0].splitlines() if "USER_INPUT" in l]
    else:
        names = re.findall(r'(\w+): "', next(l for l in printed.stdout.splitlines() if "def forward(self" in l))
    tensors = {f"input.{n}": a.detach().clone().contiguous() for n, a in zip(names, args)}
    tensors.update(constants(text))
    save_file(tensors, data)
    got = subprocess.run([binary, "run", program, "--data", data, "--out", out, "--transform", how, "--infer"], capture_output=True, text=True)
    return load_file(out) if got.returncode == 0 else got.stderr.strip() or f"exit {got.returncode}"


CONSTANTS = {}


def constants(text):
    return {k: v.detach().clone().contiguous() for k, v in CONSTANTS.get(text, {}).items() if isinstance(v, torch.Tensor)}


def capture(f, args):
    """As Dynamo hands it to a backend: there a derivative of the user's own is a call; torch.export traces its forward alone."""
    graphs = []

    def keep(gm, inputs):
        graphs.append(gm.print_readable(print_output=False, include_stride=True, include_device=True))
        return gm.forward

    def program(x, w):
        first, second = x * 1.0, w * 1.0
        return f(first, second)

    torch._dynamo.reset()
    torch.compile(program, backend=keep, fullgraph=True)(*(a.clone().requires_grad_() for a in args))
    return graphs[0]


def export(f, args):
    torch.manual_seed(0)
    ep = torch.export.export(Module(f), args, strict=False)
    text = str(ep)
    CONSTANTS[text] = {**ep.state_dict, **ep.constants}
    return text


def check_marks(tap, binary, folder, keep):
    for name, f, args in marked():
        try:
            text = export(f, args)
        except Exception as e:
            print(f"# {name} is not exported: {str(e).splitlines()[0][:120]}")
            continue
        if "_add_batch_dim" not in text:
            print(f"# {name} has no marks")
        inputs = [a.clone().requires_grad_() for a in args]
        outputs = flat(f(*inputs))
        program, data, out = (os.path.join(folder, n) for n in ("p.fx", "p.safetensors", "o.safetensors"))
        names = [l.split(":")[0].strip() for l in text.split("# inputs")[1].split("# outputs")[0].splitlines() if "USER_INPUT" in l]
        tensors = {f"input.{n}": a.detach().clone().contiguous() for n, a in zip(names, args)}
        tensors.update(constants(text))
        tangents = {}
        for k, y in enumerate(outputs):
            tensors[f"output.{k}"] = y.detach().clone().contiguous()
            if y.is_floating_point():
                tangents[k] = torch.randn_like(y)
                tensors[f"tangent.{k}"] = tangents[k].contiguous()
        grads = torch.autograd.grad([outputs[k] for k in tangents], inputs, list(tangents.values()), allow_unused=True)
        for n, g in zip(names, grads):
            if g is not None:
                tensors[f"grad.{n}"] = g.contiguous()
        meta = {"requires_grad": ",".join(names)}
        open(program, "w").write(text)
        save_file(tensors, data, meta)
        if keep:
            open(os.path.join(keep, name + ".fx"), "w").write(text)
            save_file(tensors, os.path.join(keep, name + ".safetensors"), meta)
        got = subprocess.run([binary, "run", program, "--data", data, "--out", out], capture_output=True, text=True)
        result = load_file(out) if got.returncode == 0 else got.stderr.strip()
        why = result[-300:] if isinstance(result, str) else None
        for key, want in tensors.items():
            if why is None and key.startswith(("output.", "grad.")):
                have = result.get(key)
                if have is None or have.shape != want.shape or not torch.allclose(have.double(), want.double(), rtol=1e-7, atol=1e-9):
                    why = f"{key} differs"
        tap.report(why, f"marks: {name}")


def stacked(r):
    """A random stack of transforms of a random function, itself a function of (x, w)."""
    steps = r.sample([torch.sin, torch.tanh, lambda x: x * x, lambda x: F.softmax(x, -1), lambda x: x.cumsum(-1), lambda x: x.flip(-1) * x,
                      lambda x: torch.where(x > 0, x * 2, x.cos()), lambda x: F.gelu(x), lambda x: x[[1, 0, 2]] * x.sum(), lambda x: x - x.mean()], 3)

    def f(x, w):
        y = steps[1](w @ steps[0](x))[:3]
        return steps[2](y + x) * w[0]

    total = lambda f: lambda x, w: sum(t.sum() for t in flat(f(x, w)))
    row = lambda f: lambda x, w: flat(f(x, w))[0].reshape(-1)[:3]
    kinds = {"grad": lambda f: grad(total(f), argnums=0), "grad_w": lambda f: grad(total(f), argnums=1), "both": lambda f: grad(total(f), argnums=(0, 1)),
             "value": lambda f: grad_and_value(total(f)), "jacrev": lambda f: jacrev(row(f)), "jacfwd": lambda f: jacfwd(row(f), argnums=0), "jacrev_w": lambda f: jacrev(row(f), argnums=1),
             "jvp": lambda f: lambda x, w: jvp(lambda x: row(f)(x, w), (x,), (x.cos(),)), "jvp_w": lambda f: lambda x, w: jvp(lambda w: row(f)(x, w), (w,), (w.sin(),))[1],
             "vjp": lambda f: lambda x, w: (lambda y, pull: pull(y.sin()))(*vjp(row(f), x, w)),
             "vmap": lambda f: lambda x, w: vmap(lambda y: row(f)(y, w))(torch.stack([x, x.sin()])), "vmap_w": lambda f: lambda x, w: vmap(row(f), in_dims=(None, 0))(x, torch.stack([w, w * 2]))}
    names = [r.choice(list(kinds)) for _ in range(r.randint(1, 3))]
    for name in names: f = kinds[name](f)
    return " of ".join(reversed(names)), f


def check_captured(tap, binary, folder, keep, only, count, seed):
    r = random.Random(seed)
    torch.manual_seed(seed)
    drawn = [(f"random {seed}:{i}: {name}", f, (torch.randn(3), torch.randn(4, 3))) for i, (name, f) in enumerate(stacked(r) for _ in range(count))]
    for name, f, args in [*captured(), *drawn]:
        if only and only not in name:
            continue
        graphs = []

        def hand(gm, given):
            graphs.append((gm.print_readable(print_output=False, include_stride=True, include_device=True), given))
            return gm.forward

        inputs = [a.clone().requires_grad_() for a in args]
        torch._dynamo.reset()
        try:
            torch.compile(f, backend=hand, fullgraph=True)(*inputs)
        except Exception as e:
            if not graphs:
                print(f"# {name} is not captured: {str(e).splitlines()[0][:120]}")
                continue
        text, given = graphs[0]
        given = [t.detach().clone().requires_grad_() for t in given]
        names = re.findall(r'(\w+): "', next(l for l in text.splitlines() if "def forward(self" in l))
        order = [next(i for i, a in enumerate(args) if a.shape == t.shape and torch.equal(a, t)) for t in given]
        outputs = flat(f(*(given[order.index(i)] if i in order else inputs[i] for i in range(len(args)))))
        tensors = {f"input.{n}": t.detach().clone().contiguous() for n, t in zip(names, given)}
        tangents = {}
        for k, y in enumerate(outputs):
            tensors[f"output.{k}"] = y.detach().clone().contiguous()
            if y.requires_grad: tangents[k] = tensors[f"tangent.{k}"] = torch.randn(y.shape)
        for n, d in zip(names, torch.autograd.grad([outputs[k] for k in tangents], given, list(tangents.values()), allow_unused=True)):
            if d is not None: tensors[f"grad.{n}"] = d.contiguous()
        program, data, out = (os.path.join(keep if keep and "random" not in name else folder, name.split(": ")[0].replace(":", "_").replace(" ", "_") + e) for e in (".fx", ".safetensors", ".out"))
        open(program, "w").write("\n".join(l for l in text.splitlines() if "# File" not in l) + "\n")
        save_file({k: v.detach().clone() for k, v in tensors.items()}, data, {"requires_grad": ",".join(names)})
        got = subprocess.run([binary, "run", program, "--data", data, "--out", out], capture_output=True, text=True)
        result = load_file(out) if got.returncode == 0 else got.stderr.strip()
        why = result[-300:] or f"exit {got.returncode}" if isinstance(result, str) else None
        for key, want in tensors.items():
            if why is None and key.startswith(("output.", "grad.")):
                have = result.get(key)
                if have is None or have.shape != want.shape or not torch.allclose(have.double(), want.double(), rtol=1e-7, atol=1e-9):
                    why = f"{key} differs" if have is not None else f"{key} is missing"
        if os.path.exists(out): os.remove(out)
        tap.report(why, f"captured: {name}")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("binary")
    p.add_argument("--keep")
    p.add_argument("--only")
    p.add_argument("--random", type=int, default=20, help="stacks of transforms drawn at random")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        if not a.only:
            check_marks(tap, a.binary, folder, a.keep)
        check_captured(tap, a.binary, folder, a.keep, a.only, a.random, a.seed)
        check_transforms(tap, a.binary, folder, a.only)
    print(f"1..{tap.count}")
    return tap.failed != 0


if __name__ == "__main__":
    sys.exit(main())
