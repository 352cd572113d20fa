/* SPDX-License-Identifier: MIT
 * batch_fold.c — operators with a dimension of samples or of channels: the batch becomes more of those. */
#include "ops/batch.h"

#include "base/error.h"

#include <string.h>

/* ---- samples ---------------------------------------------------------------------------------------------------- */

static value merge(batch_call *c, value v, int64_t at) {
    return emit(c->b, "flatten.using_ints", "vii", v, at, at + 1);
}

/* A list of sizes that begins with the number of samples. */
static void fold_sizes(batch_call *c, uint32_t i) {
    arg *items = arena_copy(c->b->graph->arena, c->args[i].list, c->args[i].count * sizeof *items);
    syms *s = c->b->graph->ctx->syms;
    items[0] = emit_dim(c->b, dim_mul(s, c->size, arg_as_dim(c->b->graph, &items[0])));
    c->args[i].list = items;
}

static cot_status apply_samples(batch_call *c) {
    const batch_rule *rule = c->op->record->batch;
    const uint32_t rank = rule->rank;
    batch_whole_all(c);
    uint32_t at = 0;
    while (batch_logical(c, at)->kind != TYPE_TENSOR) at++;
    const bool samples = !rank || batch_logical(c, at)->ndim == rank;
    for (uint32_t i = 0; samples && i < c->op->num_params; i++) {
        const param *p = &c->op->params[i];
        if (p->type == PARAM_TENSOR && batch_tensor(c, i) != NO_VALUE)
            c->args[i] = arg_value(merge(c, batch_tensor(c, i), 0));
        else if (p->type == PARAM_INT && p->list && !strcmp(p->name, "input_size")) fold_sizes(c, i);
    }
    batch_drop_formats(c);
    const value folded = emit_bound(c->b, c->op, c->args, NULL);
    if (c->b->status) return c->b->status;
    const type *t = &c->call->type;
    if (t->kind != TYPE_TUPLE) {
        c->result = batch_fit(c, folded, t);
        return c->b->status;
    }
    value *parts = ARENA_ARRAY(c->b->graph->arena, value, t->count);
    for (uint32_t i = 0; i < t->count; i++) parts[i] = batch_fit(c, emit_get(c->b, folded, i), &t->parts[i]);
    c->result = emit_pack(c->b, parts, t->count);
    return c->b->status;
}
const batch_rule batch_samples = {"samples", apply_samples, 0}, batch_samples1d = {"samples", apply_samples, 3},
                 batch_samples2d = {"samples", apply_samples, 4}, batch_samples3d = {"samples", apply_samples, 5};

/* ---- convolution ------------------------------------------------------------------------------------------------ */

enum { INPUT, WEIGHT, BIAS, STRIDE, PADDING, DILATION, TRANSPOSED, OUTPUT_PADDING, GROUPS };
enum { B_GRAD, B_INPUT, B_WEIGHT, B_SIZES, B_STRIDE, B_TRANSPOSED = B_STRIDE + 3, B_GROUPS = B_STRIDE + 5, B_MASK };

/* (b, n, c, …) → (n, b * c, …): an example's channels are a group of their own. */
static value to_groups(batch_call *c, value v) {
    return merge(c, emit(c->b, "transpose.int", "vii", v, (int64_t)0, (int64_t)1), 1);
}

/* (n, b * c, …) → (b, n, c, …), whose sizes for one example are `one`. */
static value from_groups(batch_call *c, value v, const type *one) {
    dim sizes[COT_MAX_DIMS + 1] = {one->sizes[0], c->size};
    for (uint32_t i = 1; i < one->ndim; i++) sizes[i + 1] = one->sizes[i];
    const value split = emit(c->b, "reshape", "vD", v, sizes, one->ndim + 1u);
    return emit(c->b, "transpose.int", "vii", split, (int64_t)0, (int64_t)1);
}

static arg more_groups(batch_call *c, const arg *groups) {
    return emit_dim(c->b, dim_mul(c->b->graph->ctx->syms, c->size, arg_as_dim(c->b->graph, groups)));
}

static cot_status apply_convolution(batch_call *c) {
    builder *b = c->b;
    const type *t = &c->call->type;
    if (!batch_has(c, WEIGHT) && !batch_has(c, BIAS)) {
        c->args[INPUT] = arg_value(merge(c, batch_tensor(c, INPUT), 0));
        return batch_emit(c);
    }
    const value bias = batch_lined(c, BIAS, 1);
    const bool bias_batched = batch_has(c, BIAS);
    c->args[BIAS] = arg_none();
    if (!batch_has(c, INPUT) && !batch_has(c, WEIGHT)) {
        c->result = batch_repeat(b, emit_bound(b, c->op, c->args, NULL), c->size);
    } else {
        c->args[INPUT] = arg_value(to_groups(c, batch_whole(c, INPUT)));
        c->args[WEIGHT] = arg_value(merge(c, batch_whole(c, WEIGHT), 0));
        c->args[GROUPS] = more_groups(c, &c->args[GROUPS]);
        c->result = from_groups(c, emit_bound(b, c->op, c->args, NULL), t);
    }
    if (bias == NO_VALUE || b->status) return b->status;
    dim sizes[COT_MAX_DIMS + 1] = {bias_batched ? c->size : 1, 1, t->sizes[1]};
    for (uint32_t i = 3; i <= t->ndim; i++) sizes[i] = 1;
    c->result = emit(b, "add.Tensor", "vv", c->result, emit(b, "reshape", "vD", bias, sizes, t->ndim + 1u));
    return b->status;
}
const batch_rule batch_convolution = {"groups", apply_convolution, 0};

/* The gradient of the input alone folds the batch into samples; that of a weight is another for each example. */
static cot_status apply_convolution_backward(batch_call *c) {
    builder *b = c->b;
    const arg *mask = c->args[B_MASK].list;
    const type *input = batch_logical(c, B_INPUT), *weight = batch_logical(c, B_WEIGHT), *parts = c->call->type.parts;
    value out[3] = {NO_VALUE, NO_VALUE, NO_VALUE};
    if (!batch_has(c, B_WEIGHT) && arg_as_bool(&mask[0], true)) {
        arg *args = arena_copy(b->graph->arena, c->args, c->op->num_params * sizeof *args);
        const arg only[] = {arg_bool(true), arg_bool(false), arg_bool(false)};
        args[B_MASK] = arg_list_of(only, 3);
        batch_call inner = *c;
        inner.args = args;
        args[B_GRAD] = arg_value(merge(c, batch_whole(&inner, B_GRAD), 0));
        args[B_INPUT] = arg_value(merge(c, batch_whole(&inner, B_INPUT), 0));
        out[0] = batch_shaped(c, emit_get(b, emit_bound(b, c->op, args, NULL), 0), input->sizes, input->ndim);
    }
    const bool first = arg_as_bool(&mask[0], true) && out[0] == NO_VALUE;
    if (first || arg_as_bool(&mask[1], true) || arg_as_bool(&mask[2], true)) {
        const arg rest[] = {arg_bool(first), mask[1], mask[2]};
        c->args[B_MASK] = arg_list_of(rest, 3);
        c->args[B_GRAD] = arg_value(to_groups(c, batch_whole(c, B_GRAD)));
        c->args[B_INPUT] = arg_value(to_groups(c, batch_whole(c, B_INPUT)));
        c->args[B_WEIGHT] = arg_value(merge(c, batch_whole(c, B_WEIGHT), 0));
        c->args[B_GROUPS] = more_groups(c, &c->args[B_GROUPS]);
        if (c->args[B_SIZES].kind == ARG_LIST && c->args[B_SIZES].count) fold_sizes(c, B_SIZES);
        const value all = emit_bound(b, c->op, c->args, NULL);
        if (b->status) return b->status;
        if (first) out[0] = from_groups(c, emit_get(b, all, 0), input);
        if (arg_as_bool(&mask[1], true)) out[1] = batch_shaped(c, emit_get(b, all, 1), weight->sizes, weight->ndim);
        if (arg_as_bool(&mask[2], true) && parts[2].kind == TYPE_TENSOR)
            out[2] = batch_shaped(c, emit_get(b, all, 2), parts[2].sizes, parts[2].ndim);
    }
    for (uint32_t i = 0; i < 3; i++) /* results that nobody reads still have a type */
        if (out[i] == NO_VALUE && parts[i].kind == TYPE_TENSOR)
            out[i] = batch_repeat(
                b, emit(b, "zeros", "D,dtype=t", parts[i].sizes, (uint32_t)parts[i].ndim, (int)parts[i].dtype),
                c->size);
    c->result = emit_pack(b, out, 3);
    return b->status;
}
const batch_rule batch_convolution_backward = {"groups", apply_convolution_backward, 0};

/* ---- normalisations --------------------------------------------------------------------------------------------- */

/* Channels stand in dimension 1 of what has samples, else in dimension 0: (b, …) → (…, b * c, …). */
static void join_channels(batch_call *c, uint32_t i) {
    const type *t = batch_logical(c, i);
    if (t->kind != TYPE_TENSOR || !t->ndim) return;
    const value v = batch_whole(c, i);
    c->args[i] = arg_value(t->ndim > 1 ? to_groups(c, v) : merge(c, v, 0));
}

static cot_status apply_norm_channels(batch_call *c) {
    for (uint32_t i = 0; i < c->op->num_params; i++)
        if (c->op->params[i].type == PARAM_TENSOR) join_channels(c, i);
    const value all = emit_bound(c->b, c->op, c->args, NULL);
    const type *t = &c->call->type;
    if (c->b->status) return c->b->status;
    value *parts = ARENA_ARRAY(c->b->graph->arena, value, t->count);
    for (uint32_t i = 0; i < t->count; i++) {
        parts[i] = emit_get(c->b, all, i);
        if (t->parts[i].kind != TYPE_TENSOR) continue;
        if (t->parts[i].ndim > 1) parts[i] = from_groups(c, parts[i], &t->parts[i]);
        else if (dim_equal(TYPE_OF(c->b, parts[i])->sizes[0], t->parts[i].sizes[0]) && !dim_is_one(c->size))
            parts[i] = batch_repeat(c->b, parts[i], c->size); /* [0]: no statistics */
        else parts[i] = batch_shaped(c, parts[i], t->parts[i].sizes, t->parts[i].ndim);
    }
    c->result = emit_pack(c->b, parts, t->count);
    return c->b->status;
}
const batch_rule batch_norm_channels = {"channels", apply_norm_channels, 0};

/* y = x̂ * weight + bias, with a weight for each example, lined up so that its dimension 0 is channel `at`. */
static value affine(batch_call *c, value y, int64_t weight, int64_t bias, uint32_t before, uint32_t after) {
    for (uint32_t k = 0; k < 2; k++) {
        const uint32_t i = (uint32_t)(k ? bias : weight);
        value w = batch_tensor(c, i);
        if (w == NO_VALUE) continue;
        const type *t = batch_logical(c, i);
        dim sizes[COT_MAX_DIMS + 1] = {batch_has(c, i) ? c->size : 1};
        uint32_t n = 1;
        for (uint32_t d = 0; d < before; d++) sizes[n++] = 1;
        for (uint32_t d = 0; d < t->ndim; d++) sizes[n++] = t->sizes[d];
        for (uint32_t d = 0; d < after; d++) sizes[n++] = 1;
        w = emit(c->b, "reshape", "vD", w, sizes, n);
        y = emit(c->b, k ? "add.Tensor" : "mul.Tensor", "vv", y, w);
    }
    return y;
}

static cot_status apply_norm_groups(batch_call *c) {
    const int weight = op_param(c->op, "weight"), bias = op_param(c->op, "bias"), samples = op_param(c->op, "N");
    const type *t = &c->call->type;
    const bool apart = batch_has(c, (uint32_t)weight) || batch_has(c, (uint32_t)bias);
    arg *args = arena_copy(c->b->graph->arena, c->args, c->op->num_params * sizeof *args);
    args[0] = arg_value(merge(c, batch_whole(c, 0), 0));
    args[samples] = more_groups(c, &c->args[samples]);
    if (apart) args[weight] = args[bias] = arg_none();
    const value all = emit_bound(c->b, c->op, args, NULL);
    if (c->b->status) return c->b->status;
    value parts[3];
    for (uint32_t i = 0; i < 3; i++) parts[i] = batch_fit(c, emit_get(c->b, all, i), &t->parts[i]);
    if (apart) parts[0] = affine(c, parts[0], weight, bias, 1, t->parts[0].ndim - 2u);
    c->result = emit_pack(c->b, parts, 3);
    return c->b->status;
}
const batch_rule batch_norm_groups = {"samples", apply_norm_groups, 0};

static cot_status apply_norm_layer(batch_call *c) {
    const int weight = op_param(c->op, "weight"), bias = op_param(c->op, "bias");
    const bool apart = batch_has(c, (uint32_t)weight) || batch_has(c, (uint32_t)bias);
    arg *args = arena_copy(c->b->graph->arena, c->args, c->op->num_params * sizeof *args);
    args[0] = arg_value(batch_whole(c, 0));
    if (apart) args[weight] = args[bias] = arg_none();
    const value all = emit_bound(c->b, c->op, args, NULL);
    if (c->b->status) return c->b->status;
    const type *t = &c->call->type;
    value parts[3];
    for (uint32_t i = 0; i < 3; i++) parts[i] = batch_fit(c, emit_get(c->b, all, i), &t->parts[i]);
    if (apart)
        parts[0] = affine(
            c, parts[0], weight, bias,
            t->parts[0].ndim -
                batch_logical(c, (uint32_t)(batch_tensor(c, (uint32_t)weight) == NO_VALUE ? bias : weight))->ndim,
            0);
    c->result = emit_pack(c->b, parts, 3);
    return c->b->status;
}
const batch_rule batch_norm_layer = {"leading dimensions", apply_norm_layer, 0};

/* ---- attention -------------------------------------------------------------------------------------------------- */

/* Masks are broadcast: (length, length) or (samples or 1, heads or 1, length, length). */
static void fold_mask(batch_call *c, uint32_t i) {
    const type *t = batch_logical(c, i), *query = batch_logical(c, (uint32_t)op_param(c->op, "query"));
    const bool per_sample = t->ndim == 4 && !dim_is_one(t->sizes[0]);
    if (t->kind != TYPE_TENSOR || (!batch_has(c, i) && !per_sample)) return;
    value v = batch_pad(c, batch_whole(c, i), 4);
    const type *have = TYPE_OF(c->b, v);
    if (c->b->status) return;
    const dim sizes[] = {c->size, query->sizes[0], have->sizes[2], have->sizes[3], have->sizes[4]};
    c->args[i] = arg_value(merge(c, emit(c->b, "expand", "vD", v, sizes, 5u), 0));
}

static cot_status apply_attention(batch_call *c) {
    for (uint32_t i = 0; i < c->op->num_params; i++) {
        if (c->op->params[i].type != PARAM_TENSOR || batch_tensor(c, i) == NO_VALUE) continue;
        if (!strcmp(c->op->params[i].name, "attn_mask")) fold_mask(c, i);
        else c->args[i] = arg_value(merge(c, batch_whole(c, i), 0));
    }
    const value all = emit_bound(c->b, c->op, c->args, NULL);
    if (c->b->status) return c->b->status;
    const type *t = &c->call->type;
    value *parts = ARENA_ARRAY(c->b->graph->arena, value, t->count);
    for (uint32_t i = 0; i < t->count; i++) {
        parts[i] = emit_get(c->b, all, i);
        if (t->parts[i].kind != TYPE_TENSOR) continue;
        /* Sizes are the program's; how the kernel lays a result out is its own affair. */
        parts[i] = batch_shaped(c, parts[i], t->parts[i].sizes, t->parts[i].ndim);
    }
    c->result = emit_pack(c->b, parts, t->count);
    return c->b->status;
}
const batch_rule batch_attention = {"samples", apply_attention, 0};
