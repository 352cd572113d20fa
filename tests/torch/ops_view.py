#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold shapes, strides and values of view, copy, creation and rearranging operators against PyTorch.

usage: ops_view.py PROGRAM [-k SUBSTRING]
Each line below is exported by torch with strides in its annotations; `PROGRAM compile --emit input` refuses the text where a
shape rule gives another size or stride, and `PROGRAM run` must compute the same values and gradients. Needs torch, safetensors.
"""
import os, subprocess, sys, tempfile
import torch
from safetensors.torch import load_file, save_file

def f(*sizes, layout=None, dtype=torch.float32):
    """A tensor of these sizes; `layout` permutes a contiguous one."""
    torch.manual_seed(len(sizes) + sum(sizes))
    if dtype is torch.bool: return torch.rand(sizes) > .5
    x = torch.randn(sizes) if dtype.is_floating_point else torch.randint(-5, 5, sizes)
    x = x.to(dtype)
    if layout: x = x.permute(layout).contiguous().permute([layout.index(i) for i in range(len(layout))])
    return x

last4 = dict(layout=[0, 2, 3, 1])
CASES = {
    # views
    "view": (lambda x: x.view(3, -1), f(2, 6)), "view_0d": (lambda x: x.view(1, 1), f()), "view_empty": (lambda x: x.view(0, 7), f(7, 0)),
    "view_strided": (lambda x: x.view(2, 3, 2, 2), f(6, 4, layout=[1, 0])), "view_ones": (lambda x: x.view(3, 1, 1, 2), f(3, 1, 2, layout=[2, 0, 1])),
    "reshape_copy": (lambda x: x.t().reshape(-1), f(3, 4)), "reshape_view": (lambda x: x.reshape(4, 3), f(3, 4)),
    "reshape_last": (lambda x: x.reshape(2, -1), f(2, 3, 4, 5, **last4)), "flatten_last": (lambda x: x.flatten(1), f(2, 3, 1, 1, **last4)),
    "expand": (lambda x: x.expand(2, 3, 4), f(3, 1)), "expand_0d": (lambda x: x.expand(2, 3), f()), "expand_one": (lambda x: x.expand(1, 1, 3), f(3)),
    "expand_as": (lambda x, y: x.expand_as(y), f(3, 1), f(2, 3, 4)), "broadcast_to": (lambda x: torch.broadcast_to(x, (2, 3)), f(3)),
    "broadcast_tensors": (lambda x, y: torch.broadcast_tensors(x, y), f(3, 1), f(1, 4)),
    "permute": (lambda x: x.permute(2, 0, 1), f(2, 3, 4)), "transpose": (lambda x: x.transpose(0, -1), f(2, 3, 4)), "t1": (lambda x: x.t(), f(3)),
    "squeeze": (lambda x: x.squeeze(), f(1, 3, 1)), "squeeze_dim": (lambda x: x.squeeze(0), f(1, 3)), "squeeze_no": (lambda x: x.squeeze(1), f(1, 3)),
    "squeeze_dims": (lambda x: x.squeeze((0, 2)), f(1, 3, 1)), "unsqueeze": (lambda x: x.unsqueeze(1), f(3, 4)), "unsqueeze_t": (lambda x: x.t().unsqueeze(-1), f(3, 4)),
    "select": (lambda x: x.select(1, -1), f(2, 3, 4)), "slice": (lambda x: x[1:5:2, -3:], f(6, 4)), "slice_none": (lambda x: x[:, 3:1], f(2, 4)),
    "slice_neg": (lambda x: x[-100:2], f(4, 2)), "narrow": (lambda x: x.narrow(1, 1, 2), f(2, 4)), "narrow_neg": (lambda x: x.narrow(0, -2, 2), f(4)),
    "diagonal": (lambda x: x.diagonal(1, 1, 2), f(2, 3, 4)), "diagonal_far": (lambda x: x.diagonal(-7), f(3, 4)), "unfold": (lambda x: x.unfold(1, 3, 2), f(2, 7)),
    "as_strided": (lambda x: x.as_strided((2, 2), (4, 1), 1), f(3, 4)), "as_strided_overlap": (lambda x: x.as_strided((3, 2), (1, 1)), f(5)),
    "movedim": (lambda x: x.movedim((0, 1), (-1, 0)), f(2, 3, 4)), "swapaxes": (lambda x: x.swapaxes(0, 1), f(2, 3)), "mT": (lambda x: x.mT, f(2, 3, 4)),
    "T": (lambda x: x.T, f(2, 3)), "unflatten": (lambda x: x.unflatten(1, (2, -1)), f(2, 6)), "ravel": (lambda x: x.t().ravel(), f(2, 3)),
    "split": (lambda x: x.split(2, 1), f(2, 5)), "split_sizes": (lambda x: x.split([1, 0, 4], 1), f(2, 5)), "chunk": (lambda x: x.chunk(3), f(7, 2)),
    "unbind": (lambda x: x.unbind(1), f(2, 3)), "tensor_split": (lambda x: x.tensor_split(3), f(7)), "tensor_split_at": (lambda x: x.tensor_split([1, 4]), f(7)),
    "hsplit": (lambda x: x.hsplit(2), f(2, 4)), "vsplit": (lambda x: x.vsplit([1]), f(3, 4)), "dsplit": (lambda x: x.dsplit(2), f(1, 2, 4)),
    "atleast": (lambda x, y: (torch.atleast_1d(x), torch.atleast_2d(y), torch.atleast_3d(y)), f(), f(3)), "view_as": (lambda x, y: x.view_as(y), f(2, 6), f(3, 4)),
    "meshgrid": (lambda x, y: torch.meshgrid(x, y, indexing="xy"), f(3), f(2)), "view_dtype": (lambda x: x.view(torch.int32), f(2, 4)),
    "detach": (lambda x: x.detach() * x, f(3)), "contiguous": (lambda x: x.t().contiguous(), f(2, 3)), "contiguous_same": (lambda x: x.contiguous() + 1, f(2, 3)),
    "channels_last": (lambda x: x.contiguous(memory_format=torch.channels_last), f(2, 3, 4, 5)),
    # layouts of element-wise results
    "add_last": (lambda x: x + 1, f(2, 3, 4, 5, **last4)), "add_mixed": (lambda x, y: x + y, f(2, 3, 4, 5), f(2, 3, 4, 5, **last4)),
    "add_broadcast": (lambda x, y: x + y, f(2, 3, 4, 5, **last4), f(3, 1, 1)), "add_transposed": (lambda x: x.t() * x.t(), f(3, 4)),
    "add_permuted": (lambda x, y: x.permute(1, 2, 0) - y, f(4, 2, 3), f(1)), "mul_expanded": (lambda x, y: x.expand(3, 4) * y, f(1, 4), f(3, 1)),
    "neg_sliced": (lambda x: -x[:, ::2], f(4, 6)), "exp_expanded": (lambda x: x.expand(2, 3).exp(), f(3)), "where_mixed": (lambda x, y: torch.where(x > 0, x, y), f(3, 4, layout=[1, 0]), f(3, 4)),
    "add_ones": (lambda x: x + 1, f(3, 1, 2, layout=[1, 2, 0])), "relu_t": (lambda x: x.t().relu(), f(3, 4)), "mul_0d": (lambda x, y: x.t() * y, f(3, 4), f()),
    # copies and casts
    "clone_t": (lambda x: x.t().clone(), f(2, 3)), "clone_slice": (lambda x: x[:, ::2].clone(), f(2, 6)), "clone_expand": (lambda x: x.expand(2, 3).clone(), f(3)),
    "clone_contiguous": (lambda x: x.t().clone(memory_format=torch.contiguous_format), f(2, 3)), "clone_last": (lambda x: x.clone(memory_format=torch.channels_last), f(2, 3, 4, 5)),
    "to_f64": (lambda x: x.double(), f(2, 3)), "to_bf16": (lambda x: x.to(torch.bfloat16), f(2, 3)), "to_f16": (lambda x: (x * 1e-3).half(), f(20)),
    "to_i64": (lambda x: (x * 3).long(), f(2, 3)), "to_u8": (lambda x: (x * 3).abs().to(torch.uint8), f(2, 3)), "to_bool": (lambda x: x.bool(), f(4, dtype=torch.int64)),
    "to_same": (lambda x: x.to(torch.float32) + 1, f(2)), "to_copy": (lambda x: x.to(torch.float32, copy=True), f(2)), "bool_to": (lambda x: x.float(), f(5, dtype=torch.bool)),
    "i64_to_bf16": (lambda x: x.bfloat16(), f(6, dtype=torch.int64)), "type_as": (lambda x, y: x.type_as(y), f(2), f(2, dtype=torch.float64)), "transposed_to": (lambda x: x.t().double(), f(3, 2)),
    "copy_": (lambda x, y: (x * 1).copy_(y), f(2, 3), f(3)), "copy_cast": (lambda x, y: (x * 1).copy_(y), f(2, 3), f(2, 3, dtype=torch.int64)), "fill_": (lambda x: (x * 1).fill_(2.5), f(2, 3)),
    "zero_": (lambda x: (x * 1).zero_() + x, f(2, 3)), "fill_tensor": (lambda x, y: (x * 1).fill_(y), f(2, 3), f()),
    # in-place through views
    "write_slice": (lambda x: [y := x * 1, y[1:3].mul_(2), y][-1], f(4, 2)), "write_select": (lambda x: [y := x * 1, y[1].add_(1), y][-1], f(4, 2)),
    "write_diagonal": (lambda x: [y := x * 1, y.diagonal().fill_(3), y][-1], f(3, 3)), "write_t": (lambda x: [y := x * 1, y.t().mul_(2), y][-1], f(3, 2)),
    "write_permute": (lambda x: [y := x * 1, y.permute(2, 0, 1)[0].mul_(2), y][-1], f(3, 2, 4)), "write_view": (lambda x: [y := x * 1, y.view(6)[::2].mul_(2), y][-1], f(3, 2)),
    "write_split": (lambda x: [y := x * 1, y.split([1, 3])[1].mul_(2), y][-1], f(4, 2, dtype=torch.int64)), "write_chunk": (lambda x: [y := x * 1, y.chunk(2)[1].mul_(2), y][-1], f(4, 2, dtype=torch.int64)),
    "write_unbind": (lambda x: [y := x * 1, y.unbind(1)[1].mul_(2), y][-1], f(4, 2, dtype=torch.int64)), "write_unsqueeze": (lambda x: [y := x * 1, y.unsqueeze(0).mul_(2), y][-1], f(4, 2)),
    "write_squeeze": (lambda x: [y := x * 1, y.squeeze(1).mul_(2), y][-1], f(4, 1)), "write_as_strided": (lambda x: [y := x * 1, y.as_strided((2, 2), (3, 1), 1).mul_(2), y][-1], f(4, 2)),
    "write_unfold": (lambda x: [y := x * 1, y.unfold(0, 2, 2).mul_(2), y][-1], f(6)), "squeeze_": (lambda x: (x * 1).squeeze_(0), f(1, 3)), "t_": (lambda x: (x * 1).t_(), f(2, 3)),
    "unsqueeze_": (lambda x: (x * 1).unsqueeze_(1), f(2, 3)), "transpose_": (lambda x: (x * 1).transpose_(0, 1), f(2, 3)),
    "pow_": (lambda x: (x * 1).pow_(2), f(2, 3)), "ldexp_": (lambda x, y: (x * 1).ldexp_(y), f(3), f(3)),
    # creation
    "zeros": (lambda x: torch.zeros(2, 3) + x, f(3)), "ones": (lambda x: torch.ones(3, dtype=torch.float64) * x, f(3)), "full": (lambda x: torch.full((2, 3), 7.5) * x, f(3)),
    "full_like": (lambda x: torch.full_like(x.t(), 2) + x.t(), f(2, 3)), "ones_like_slice": (lambda x: torch.ones_like(x[:, ::2]) + x[:, ::2], f(2, 6)), "zeros_like_last": (lambda x: torch.zeros_like(x), f(2, 3, 4, 5, **last4)),
    "new_zeros": (lambda x: x.new_zeros(3, 2), f(2)), "new_full": (lambda x: x.new_full((3,), 4), f(2)), "arange": (lambda x: torch.arange(5) * x, f(5)), "arange_float": (lambda x: torch.arange(0, 1, .3) + x, f(4)),
    "arange_down": (lambda x: torch.arange(5, 0, -2) + x, f(3)), "linspace": (lambda x: torch.linspace(-1, 2, 7) + x, f(7)), "logspace": (lambda x: torch.logspace(0, 2, 5) + x, f(5)), "eye": (lambda x: torch.eye(3, 4) + x, f(4)),
    "tril_indices": (lambda x: torch.tril_indices(3, 4, -1) + x, f(1)), "scalar_tensor": (lambda x: torch.scalar_tensor(2.0) + x, f(2)), "empty_fill": (lambda x: torch.empty(3).fill_(1) + x, f(3)),
    # joining and rearranging
    "cat": (lambda x, y: torch.cat([x, y], -1), f(2, 3), f(2, 1)), "cat_empty": (lambda x, y: torch.cat([x, y]), f(0), f(2, 3)), "cat_types": (lambda x, y: torch.cat([x, y]), f(2), f(2, dtype=torch.int64)),
    "cat_last": (lambda x, y: torch.cat([x, y], 1), f(2, 3, 4, 5, **last4), f(2, 1, 4, 5, **last4)), "cat_mixed": (lambda x, y: torch.cat([x, y], 1), f(2, 3, 4, 5, **last4), f(2, 3, 4, 5)),
    "stack": (lambda x, y: torch.stack([x, y], 1), f(2, 3), f(2, 3)), "stack_end": (lambda x: torch.stack([x, x], -1), f(2, 3)), "stack_0d": (lambda x, y: torch.stack([x, y]), f(), f()),
    "hstack": (lambda x, y: torch.hstack([x, y]), f(2), f(3)), "vstack": (lambda x: torch.vstack([x, x]), f(2)), "dstack": (lambda x: torch.dstack([x, x]), f(2)), "column_stack": (lambda x, y: torch.column_stack([x, y]), f(2), f(2, 2)),
    "block_diag": (lambda x, y: torch.block_diag(x, y), f(2, 3), f(2)), "repeat": (lambda x: x.repeat(2, 1, 3), f(2, 3)), "tile": (lambda x: x.tile(2), f(2, 3)), "flip": (lambda x: x.flip(0, -1), f(2, 3, 4)),
    "flip_t": (lambda x: x.t().flip(0), f(2, 3)), "roll": (lambda x: x.roll((1, -1), (0, 1)), f(3, 4)), "roll_flat": (lambda x: x.roll(2), f(3, 4)), "rot90": (lambda x: torch.rot90(x), f(2, 3)), "tril": (lambda x: x.tril(-1), f(3, 4)),
    "triu_t": (lambda x: x.mT.triu(1), f(2, 3, 4)), "diag": (lambda x: torch.diag(x, 1), f(3)), "diag_2d": (lambda x: torch.diag(x), f(3, 4)), "diag_embed": (lambda x: torch.diag_embed(x, 1, 0, 2), f(2, 3)), "diagflat": (lambda x: torch.diagflat(x), f(2, 2)),
    "slice_scatter": (lambda x, y: torch.slice_scatter(x, y, 1, 1, 5, 2), f(3, 6), f(3, 2)), "select_scatter": (lambda x, y: torch.select_scatter(x, y, 0, -1), f(3, 2), f(2)),
    "diagonal_scatter": (lambda x, y: torch.diagonal_scatter(x, y, 1), f(3, 4), f(3)), "combinations": (lambda x: torch.combinations(x), f(4)),
}

class Case(torch.nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function
    def forward(self, *inputs):
        out = self.function(*inputs)
        return tuple(out) if isinstance(out, (list, tuple)) else (out,)

def expected(function, inputs):
    inputs = [x.detach().clone().requires_grad_(x.is_floating_point()) for x in inputs]
    outputs = Case(function)(*inputs)
    data, seen = {}, []
    for k, y in enumerate(outputs):
        data[f"output.{k}"] = y.detach().contiguous().clone()
        if y.requires_grad:
            torch.manual_seed(k)
            data[f"tangent.{k}"] = torch.randn(y.shape).to(y.dtype)
            seen.append((y, data[f"tangent.{k}"]))
    if seen:
        wanted = [x for x in inputs if x.requires_grad]
        grads = iter(torch.autograd.grad([y for y, _ in seen], wanted, [t for _, t in seen], allow_unused=True))
        for i, x in enumerate(inputs):
            g = next(grads) if x.requires_grad else None
            if g is not None: data[f"grad.inputs_{i}"] = g.contiguous().clone()
    return data

def run(program, name, function, inputs, folder):
    path = os.path.join(folder, name)
    ep = torch.export.export(Case(function), tuple(inputs))
    text = ep.graph_module.print_readable(print_output=False, include_stride=True)
    data = expected(function, inputs)
    names = [s.arg.name for s in ep.graph_signature.input_specs if s.kind.name == "USER_INPUT"]
    stored = {f"input.{n}": x.contiguous() for n, x in zip(names, inputs)}
    stored.update({k: v for k, v in data.items() if k.startswith("tangent.")})
    grad = ",".join(n for n, x in zip(names, inputs) if x.is_floating_point())
    save_file({k: v.clone() for k, v in stored.items()}, path + ".safetensors", {"requires_grad": grad})
    open(path + ".fx", "w").write(text)
    check = subprocess.run([program, "compile", path + ".fx", "--infer", "--emit", "input"], capture_output=True, text=True)
    if check.returncode or "annotation" in check.stderr: return check.stderr.strip()
    p = subprocess.run([program, "run", path + ".fx", "--data", path + ".safetensors", "--out", path + ".out"], capture_output=True, text=True)
    if p.returncode: return p.stderr.strip()
    got = load_file(path + ".out")
    for key, want in data.items():
        if key.startswith("tangent."): continue
        if key.startswith("grad."): key = "grad." + names[int(key.split("_")[-1])]
        if key not in got: return f"{key} is missing"
        have = got.pop(key)
        if have.dtype != want.dtype or have.shape != want.shape: return f"{key}: {have.dtype}{list(have.shape)}, expected {want.dtype}{list(want.shape)}"
        if not torch.allclose(have.double(), want.double(), 1e-4, 1e-5, equal_nan=True): return f"{key}: {have.flatten()[:6]}, expected {want.flatten()[:6]}"
    return None

def main():
    program, only = sys.argv[1], sys.argv[3] if len(sys.argv) > 3 else ""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        chosen = [(n, c) for n, c in CASES.items() if only in n]
        for name, (function, *inputs) in chosen:
            try: why = run(program, name, function, inputs, folder)
            except Exception as e: why = f"{type(e).__name__}: {e}".splitlines()[0]
            if why:
                failed += 1
                print(f"FAIL {name}: {why.replace(folder, '')[:400]}")
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return failed > 0

if __name__ == "__main__": sys.exit(main())
