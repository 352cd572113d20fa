/* SPDX-License-Identifier: MIT
 * norm_apart.c — the backward of a normalisation in operators that differentiate.
 *
 * With x̂ = (x − mean) · rstd and g = grad · weight, the gradient of x with the statistics held is rstd · g; what comes
 * through them takes away the mean of g and of g · x̂. Mean and rstd are operands: a second derivative reaches x
 * through the forward's statistics as well, by norm_through_statistics. */
#include "ops/norm_apart.h"

#include "base/error.h"

static value mul(builder *b, value x, value y) { return y == NO_VALUE ? x : emit(b, "mul.Tensor", "vv", x, y); }

static value sum_over(builder *b, value v, const int64_t *dims, uint32_t count, bool keep) {
    return count ? emit(b, "sum.dim_IntList", "vIb", v, dims, count, (int)keep) : v;
}

static value to_dtype(builder *b, value v, cot_dtype dtype) {
    return TYPE_OF(b, v)->dtype == dtype ? v : emit(b, "_to_copy", "v,dtype=t", v, (int)dtype);
}

/* rstd · (g − mean(g) − x̂ · mean(g · x̂)) over these dimensions. */
static value input_gradient(builder *b, value g, value hat, value rstd, const int64_t *dims, uint32_t count) {
    const value first = emit(b, "mean.dim", "vIb", g, dims, count, 1);
    const value second = emit(b, "mean.dim", "vIb", mul(b, g, hat), dims, count, 1);
    const value centred = emit(b, "sub.Tensor", "vv", g, first);
    return mul(b, emit(b, "sub.Tensor", "vv", centred, mul(b, hat, second)), rstd);
}

static value hat_of(builder *b, value x, value mean, value rstd) {
    return mul(b, emit(b, "sub.Tensor", "vv", x, mean), rstd);
}

static void read_mask(const arg *a, bool mask[3]) {
    for (uint32_t i = 0; i < 3; i++) mask[i] = i < a->count && arg_as_bool(&a->list[i], false);
}

static value pack(builder *b, value *parts, const bool *mask, cot_dtype input, cot_dtype weight) {
    for (uint32_t i = 0; i < 3; i++) parts[i] = mask[i] ? to_dtype(b, parts[i], i ? weight : input) : NO_VALUE;
    return b->status ? NO_VALUE : emit_pack(b, parts, 3);
}

static cot_dtype dtype_or(const builder *b, value v, cot_dtype other) {
    return v == NO_VALUE ? other : (cot_dtype)TYPE_OF(b, v)->dtype;
}

value norm_apart_layer(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const value grad = args[0].value, x = args[1].value, weight = arg_as_value(&args[5]);
    const type *t = TYPE_OF(b, x);
    const uint32_t inner = args[2].kind == ARG_LIST || args[2].kind == ARG_TUPLE ? args[2].count : 1;
    const uint32_t outer = t->ndim - inner;
    int64_t first[COT_MAX_DIMS], last[COT_MAX_DIMS];
    bool mask[3];
    read_mask(&args[7], mask);
    for (uint32_t i = 0; i < outer; i++) first[i] = i;
    for (uint32_t i = 0; i < inner; i++) last[i] = outer + i;
    const cot_dtype dtype = (cot_dtype)t->dtype;
    const value hat = hat_of(b, x, args[3].value, args[4].value);
    value parts[3];
    parts[0] = input_gradient(b, mul(b, grad, weight), hat, args[4].value, last, inner);
    parts[1] = sum_over(b, mul(b, grad, hat), first, outer, false);
    parts[2] = sum_over(b, grad, first, outer, false);
    return pack(b, parts, mask, dtype, dtype_or(b, weight, dtype));
}

/* A value for each channel as (1, c, 1, …). */
static value column(builder *b, value v, const type *like) {
    dim sizes[COT_MAX_DIMS];
    if (v == NO_VALUE) return v;
    for (uint32_t i = 0; i < like->ndim; i++) sizes[i] = i == 1 ? like->sizes[1] : 1;
    return emit(b, "reshape", "vD", v, sizes, (uint32_t)like->ndim);
}

value norm_apart_batch(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const value grad = args[0].value, x = args[1].value, weight = arg_as_value(&args[2]);
    const type *t = TYPE_OF(b, x);
    const bool train = arg_as_bool(&args[7], true);
    int64_t dims[COT_MAX_DIMS];
    bool mask[3];
    read_mask(&args[9], mask);
    for (uint32_t i = 0, n = 0; i < t->ndim; i++)
        if (i != 1) dims[n++] = i;
    value mean = train ? args[5].value : args[3].value, rstd = train ? args[6].value : NO_VALUE;
    if (!train) rstd = emit(b, "rsqrt", "v", emit(b, "add.Scalar", "va", args[4].value, &args[8]));
    mean = column(b, mean, t);
    rstd = column(b, rstd, t);
    const value hat = hat_of(b, x, mean, rstd), g = mul(b, grad, column(b, weight, t));
    const uint32_t count = t->ndim - 1u;
    const cot_dtype dtype = (cot_dtype)t->dtype;
    value parts[3];
    parts[0] = train ? input_gradient(b, g, hat, rstd, dims, count) : mul(b, g, rstd);
    parts[1] = sum_over(b, mul(b, grad, hat), dims, count, false);
    parts[2] = sum_over(b, grad, dims, count, false);
    return pack(b, parts, mask, dtype, dtype_or(b, weight, dtype));
}

value norm_apart_group(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const value weight = arg_as_value(&args[4]);
    const type *t = TYPE_OF(b, args[1].value);
    syms *s = b->graph->ctx->syms;
    const dim samples = t->sizes[0], channels = t->sizes[1], groups = arg_as_int(&args[8], 1);
    dim pixels = 1, sizes[COT_MAX_DIMS];
    for (uint32_t i = 0; i < t->ndim; i++) sizes[i] = t->sizes[i];
    for (uint32_t i = 2; i < t->ndim; i++) pixels = dim_mul(s, pixels, t->sizes[i]);
    const uint32_t ndim = t->ndim;
    const cot_dtype dtype = (cot_dtype)t->dtype;
    bool mask[3];
    read_mask(&args[9], mask);
    /* (samples, groups, channels of a group, pixels) */
    const dim apart[] = {samples, groups, dim_floordiv(s, channels, groups), pixels}, each[] = {samples, groups, 1, 1};
    const dim own[] = {1, groups, apart[2], 1}, per_channel[] = {channels};
    const int64_t in_group[] = {2, 3}, over[] = {0, 3};
    const value grad = emit(b, "reshape", "vD", args[0].value, apart, 4u);
    const value rstd = emit(b, "reshape", "vD", args[3].value, each, 4u);
    const value hat = hat_of(b, emit(b, "reshape", "vD", args[1].value, apart, 4u),
                             emit(b, "reshape", "vD", args[2].value, each, 4u), rstd);
    const value w = weight == NO_VALUE ? NO_VALUE : emit(b, "reshape", "vD", weight, own, 4u);
    value parts[3];
    parts[0] = input_gradient(b, mul(b, grad, w), hat, rstd, in_group, 2);
    parts[0] = emit(b, "reshape", "vD", parts[0], sizes, ndim);
    parts[1] = emit(b, "reshape", "vD", sum_over(b, mul(b, grad, hat), over, 2, false), per_channel, 1u);
    parts[2] = emit(b, "reshape", "vD", sum_over(b, grad, over, 2, false), per_channel, 1u);
    return pack(b, parts, mask, dtype, dtype_or(b, weight, dtype));
}

/* ---- through the statistics -------------------------------------------------------------------------------------- */

/* (dmean + drstd · −rstd³ · (x − mean)) / count, all of them columns of x. */
static void add_through(vjp_call *c, value mean, value rstd, value dmean, value drstd, dim count) {
    builder *b = c->b;
    value total = dmean;
    const arg n = emit_dim(b, count);
    if (drstd != NO_VALUE) {
        const value cube = emit(b, "pow.Tensor_Scalar", "vi", rstd, (int64_t)3);
        const value slope = emit(b, "neg", "v", mul(b, drstd, cube));
        const value more = mul(b, slope, emit(b, "sub.Tensor", "vv", vjp_tensor(c, 0), mean));
        total = total == NO_VALUE ? more : emit(b, "add.Tensor", "vv", total, more);
    }
    const type *x = TYPE_OF(b, vjp_tensor(c, 0));
    total = emit(b, "div.Tensor", "va", total, &n);
    total = emit(b, "expand", "vD", total, x->sizes, (uint32_t)x->ndim);
    const value so_far = c->out[c->first[0]];
    vjp_set(c, 0, so_far == NO_VALUE ? total : emit(b, "add.Tensor", "vv", so_far, total));
}

void norm_through_statistics(vjp_call *c, value mean, value rstd) {
    if (c->grads[1] == NO_VALUE && c->grads[2] == NO_VALUE) return;
    syms *s = c->b->graph->ctx->syms;
    const dim rows = type_numel(s, TYPE_OF(c->b, mean)), all = type_numel(s, TYPE_OF(c->b, vjp_tensor(c, 0)));
    if (rows) add_through(c, mean, rstd, c->grads[1], c->grads[2], dim_floordiv(s, all, rows));
}

void norm_through_channels(vjp_call *c, value mean, value rstd) {
    if (c->grads[1] == NO_VALUE && c->grads[2] == NO_VALUE) return;
    builder *b = c->b;
    syms *s = b->graph->ctx->syms;
    const type x = *TYPE_OF(b, vjp_tensor(c, 0));
    if (dim_is_static(x.sizes[1]) && !x.sizes[1]) return;
    const dim count = dim_floordiv(s, type_numel(s, &x), x.sizes[1]);
    add_through(c, column(b, mean, &x), column(b, rstd, &x), column(b, c->grads[1], &x), column(b, c->grads[2], &x),
                count);
}
