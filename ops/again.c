/* SPDX-License-Identifier: MIT
 * again.c — a normalised output from its input and the saved statistics: (x - mean) * rstd * weight + bias,
 * elementwise. */
#include "ops/again.h"

/* Operators on optional scale and shift, then back to the input's dtype (statistics of 16-bit inputs are f32). */
static value finish(builder *b, value y, value weight, value bias, cot_dtype dtype) {
    if (weight != NO_VALUE) y = emit(b, "mul.Tensor", "vv", y, weight);
    if (bias != NO_VALUE) y = emit(b, "add.Tensor", "vv", y, bias);
    if (y != NO_VALUE && TYPE_OF(b, y)->dtype != dtype) y = emit(b, "_to_copy.default", "v,dtype=t", y, (int)dtype);
    return y;
}

/* A vector of channels as (1, C, 1 …), to stand against (N, C, …). */
static value along_channels(builder *b, value v, uint32_t ndim) {
    if (v == NO_VALUE) return v;
    dim sizes[COT_MAX_DIMS];
    for (uint32_t i = 0; i < ndim; i++) sizes[i] = 1;
    const type *t = TYPE_OF(b, v);
    sizes[1] = type_numel(b->graph->ctx->syms, t);
    return emit(b, "view.default", "vD", v, sizes, ndim);
}

static value batch_norm_again(builder *b, const arg *args, const value *results) {
    const value x = arg_as_value(&args[0]);
    const uint32_t ndim = TYPE_OF(b, x)->ndim;
    const cot_dtype dtype = (cot_dtype)TYPE_OF(b, x)->dtype;
    const value centred = emit(b, "sub.Tensor", "vv", x, along_channels(b, results[1], ndim));
    const value scaled = emit(b, "mul.Tensor", "vv", centred, along_channels(b, results[2], ndim));
    return finish(b, scaled, along_channels(b, arg_as_value(&args[1]), ndim),
                  along_channels(b, arg_as_value(&args[2]), ndim), dtype);
}

static value layer_norm_again(builder *b, const arg *args, const value *results) {
    const value x = arg_as_value(&args[0]);
    const cot_dtype dtype = (cot_dtype)TYPE_OF(b, x)->dtype;
    const value centred = emit(b, "sub.Tensor", "vv", x, results[1]);
    const value scaled = emit(b, "mul.Tensor", "vv", centred, results[2]);
    return finish(b, scaled, arg_as_value(&args[2]), arg_as_value(&args[3]), dtype);
}

/* (N, C, …) as (N, groups, C / groups · …) against statistics (N, groups); scale and shift along channels. */
static value group_norm_again(builder *b, const arg *args, const value *results) {
    const value x = arg_as_value(&args[0]);
    const type t = *TYPE_OF(b, x);
    const dim n = arg_as_dim(b->graph, &args[3]), groups = arg_as_dim(b->graph, &args[6]);
    const dim inner =
        dim_floordiv(b->graph->ctx->syms, type_numel(b->graph->ctx->syms, &t), dim_mul(b->graph->ctx->syms, n, groups));
    const dim grouped[] = {n, groups, inner}, columns[] = {n, groups, 1};
    value y = emit(b, "reshape.default", "vD", x, grouped, 3u);
    y = emit(b, "sub.Tensor", "vv", y, emit(b, "view.default", "vD", results[1], columns, 3u));
    y = emit(b, "mul.Tensor", "vv", y, emit(b, "view.default", "vD", results[2], columns, 3u));
    y = emit(b, "view.default", "vD", y, t.sizes, (uint32_t)t.ndim);
    return finish(b, y, along_channels(b, arg_as_value(&args[1]), t.ndim),
                  along_channels(b, arg_as_value(&args[2]), t.ndim), (cot_dtype)t.dtype);
}

#define BIT(i) (UINT32_C(1) << (i))

const recompute_rule recompute_batch_norm = {0, BIT(0) | BIT(1) | BIT(2), BIT(1) | BIT(2), batch_norm_again, true};
const recompute_rule recompute_batch_norm_no_stats = {0, BIT(0) | BIT(1) | BIT(2), BIT(1) | BIT(2), batch_norm_again,
                                                      true};
const recompute_rule recompute_layer_norm = {0, BIT(0) | BIT(2) | BIT(3), BIT(1) | BIT(2), layer_norm_again, false};
const recompute_rule recompute_group_norm = {0, BIT(0) | BIT(1) | BIT(2), BIT(1) | BIT(2), group_norm_again, false};
