/* SPDX-License-Identifier: MIT
 * accumulate.c — adding up gradients. Rules know nothing of broadcasting and mixed dtypes: a contribution is brought to
 * its value's size and dtype here, as PyTorch's engine does when it validates a function's outputs. */
#include "autograd/differentiate.h"

/* Sums g over the dimensions along which `size` was broadcast (at::sum_to: keepdim, then leading ones viewed away). */
static value sum_to(builder *b, value g, const type *target) {
    const type *t = TYPE_OF(b, g);
    bool same = t->ndim == target->ndim;
    for (uint32_t i = 0; same && i < t->ndim; i++) same = dim_equal(t->sizes[i], target->sizes[i]);
    if (same) return g;
    if (!target->ndim) return emit(b, "sum.default", "v", g);
    if (target->ndim > t->ndim) return emit(b, "view.default", "vD", g, target->sizes, (uint32_t)target->ndim);
    const uint32_t lead = t->ndim - target->ndim;
    int64_t dims[COT_MAX_DIMS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->ndim; i++)
        if (i < lead || (dim_is_one(target->sizes[i - lead]) && !dim_is_one(t->sizes[i]))) dims[count++] = i;
    value out = g;
    if (count) out = emit(b, "sum.dim_IntList", "vIb", g, dims, count, 1);
    if (lead) out = emit(b, "view.default", "vD", out, target->sizes, (uint32_t)target->ndim);
    return out;
}

static value to_dtype(builder *b, value g, cot_dtype dtype) {
    const cot_dtype have = TYPE_OF(b, g)->dtype;
    if (have == dtype) return g;
    if (dtype_is_complex(have) && !dtype_is_complex(dtype)) g = emit(b, "real.default", "v", g);
    if (TYPE_OF(b, g)->dtype == dtype) return g;
    return emit(b, "_to_copy.default", "v,dtype=t", g, (int)dtype);
}

void gradient_add(differentiation *d, value v, value contribution) {
    if (contribution == NO_VALUE || d->b.status) return;
    const type *target = graph_type(d->functional, v);
    if (target->kind != TYPE_TENSOR) return;
    const value g = to_dtype(&d->b, sum_to(&d->b, contribution, target), target->dtype);
    d->grad[v] = d->grad[v] == NO_VALUE ? g : emit(&d->b, "add.Tensor", "vv", d->grad[v], g);
}
