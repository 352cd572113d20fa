/* SPDX-License-Identifier: MIT
 * batch_loss.c — losses over a batch: of each element first, then reduced over each example's own. */
#include "ops/batch.h"

#include "base/error.h"

enum { REDUCTION_NONE, REDUCTION_MEAN, REDUCTION_SUM };

static uint32_t rank_of(batch_call *c) {
    uint32_t rank = 0;
    for (uint32_t i = 0; i < c->op->num_params; i++) rank = MAX(rank, (uint32_t)batch_logical(c, i)->ndim);
    return rank;
}

/* v (b, …) reduced over all but the batch. */
static value reduced(batch_call *c, value v, int64_t reduction) {
    int64_t dims[COT_MAX_DIMS];
    const uint32_t rank = TYPE_OF(c->b, v)->ndim;
    if (reduction == REDUCTION_NONE || rank < 2 || c->b->status) return v;
    for (uint32_t i = 1; i < rank; i++) dims[i - 1] = i;
    return emit(c->b, reduction == REDUCTION_MEAN ? "mean.dim" : "sum.dim_IntList", "vI", v, dims, rank - 1);
}

static void line_up(batch_call *c, uint32_t from, uint32_t rank) {
    for (uint32_t i = from; i < c->op->num_params; i++)
        if (c->op->params[i].type == PARAM_TENSOR && batch_has(c, i)) c->args[i] = arg_value(batch_lined(c, i, rank));
}

static cot_status apply_loss(batch_call *c) {
    const int at = op_param(c->op, "reduction");
    const int64_t reduction = arg_as_int(&c->args[at], REDUCTION_MEAN);
    batch_whole(c, 0);
    line_up(c, 0, rank_of(c));
    c->args[at] = arg_int(REDUCTION_NONE);
    c->result = reduced(c, emit_bound(c->b, c->op, c->args, NULL), reduction);
    return c->b->status;
}
const batch_rule batch_loss = {"loss", apply_loss, 0};

/* The gradient of a reduced loss, as one of each element: spread, and divided where it was a mean. */
static value spread(batch_call *c, uint32_t rank, int64_t reduction, const type *elements) {
    value g = batch_lined(c, 0, rank);
    if (reduction != REDUCTION_MEAN) return g;
    const arg count = emit_dim(c->b, type_numel(c->b->graph->ctx->syms, elements));
    return emit(c->b, "div.Tensor", "va", g, &count);
}

static cot_status apply_loss_backward(batch_call *c) {
    const int at = op_param(c->op, "reduction");
    const int64_t reduction = arg_as_int(&c->args[at], REDUCTION_MEAN);
    const uint32_t rank = rank_of(c);
    c->args[0] = arg_value(spread(c, rank, reduction, batch_logical(c, 1)));
    line_up(c, 1, rank);
    for (uint32_t i = 1; i < c->op->num_params; i++)
        if (c->op->params[i].type == PARAM_TENSOR && i < 3) batch_whole(c, i);
    c->args[at] = arg_int(REDUCTION_NONE);
    return batch_emit(c);
}
const batch_rule batch_loss_backward = {"loss", apply_loss_backward, 0};

/* ---- negative log likelihood: classes chosen by targets ---------------------------------------------------------- */

enum { SELF, TARGET, WEIGHT, REDUCTION, IGNORE };

/* Samples of all examples in one dimension; without a dimension of samples, the examples are the samples. */
static value samples(batch_call *c, uint32_t i, bool has) {
    const value v = batch_whole(c, i);
    return has ? emit(c->b, "flatten.using_ints", "vii", v, (int64_t)0, (int64_t)1) : v;
}

/* What each sample weighs: (b, …samples). */
static value weights_of(batch_call *c, value target, const arg *weight, const arg *ignore, cot_dtype dtype) {
    builder *b = c->b;
    const value counts = emit(b, "ne.Scalar", "va", target, ignore);
    if (weight->kind != ARG_VALUE) return emit(b, "_to_copy", "v,dtype=t", counts, (int)dtype);
    const value zero = emit(b, "zeros_like", "v", target);
    const value known = emit(b, "where.self", "vvv", counts, target, zero);
    const value flat = emit(b, "flatten.using_ints", "v", known);
    const value taken = emit(b, "index_select", "viv", weight->value, (int64_t)0, flat);
    const type *t = TYPE_OF(b, target);
    return emit(b, "mul.Tensor", "vv", emit(b, "reshape", "vD", taken, t->sizes, (uint32_t)t->ndim), counts);
}

static cot_status apply_nll(batch_call *c) {
    builder *b = c->b;
    if (batch_has(c, WEIGHT))
        return builder_fail(b, COT_UNSUPPORTED, "vmap: %s with class weights for each example", c->op->name);
    const int64_t reduction = arg_as_int(&c->args[REDUCTION], REDUCTION_MEAN);
    const type *target = batch_logical(c, TARGET), *self = batch_logical(c, SELF);
    const bool has = self->ndim > 1;
    c->args[SELF] = arg_value(samples(c, SELF, has));
    const value targets = batch_whole(c, TARGET);
    c->args[TARGET] = arg_value(samples(c, TARGET, has));
    const arg weight = c->args[WEIGHT], ignore = c->args[IGNORE];
    c->args[REDUCTION] = arg_int(REDUCTION_NONE);
    value v = emit_get(b, emit_bound(b, c->op, c->args, NULL), 0);
    v = batch_shaped(c, v, target->sizes, target->ndim);
    const value weights = weights_of(c, targets, &weight, &ignore, (cot_dtype)self->dtype);
    const value total = reduced(c, weights, REDUCTION_SUM);
    if (reduction != REDUCTION_NONE) v = reduced(c, v, REDUCTION_SUM);
    if (reduction == REDUCTION_MEAN) v = emit(b, "div.Tensor", "vv", v, total);
    const value parts[] = {v, total};
    c->result = emit_pack(b, parts, 2);
    return b->status;
}
const batch_rule batch_nll = {"loss", apply_nll, 0};

enum { G_GRAD, G_SELF, G_TARGET, G_WEIGHT, G_REDUCTION, G_IGNORE, G_TOTAL };

static cot_status apply_nll_backward(batch_call *c) {
    builder *b = c->b;
    if (batch_has(c, G_WEIGHT))
        return builder_fail(b, COT_UNSUPPORTED, "vmap: %s with class weights for each example", c->op->name);
    const int64_t reduction = arg_as_int(&c->args[G_REDUCTION], REDUCTION_MEAN);
    const type *self = batch_logical(c, G_SELF), *target = batch_logical(c, G_TARGET);
    const bool has = self->ndim > 1;
    value g = batch_whole(c, G_GRAD);
    if (reduction == REDUCTION_MEAN) g = emit(b, "div.Tensor", "vv", g, batch_whole(c, G_TOTAL));
    if (reduction != REDUCTION_NONE) {
        dim sizes[COT_MAX_DIMS + 1] = {c->size};
        for (uint32_t i = 0; i < target->ndim; i++) sizes[i + 1] = target->sizes[i];
        g = emit(b, "expand", "vD", batch_pad(c, g, target->ndim), sizes, target->ndim + 1u);
    }
    c->args[G_GRAD] = arg_value(has ? emit(b, "flatten.using_ints", "vii", g, (int64_t)0, (int64_t)1) : g);
    c->args[G_SELF] = arg_value(samples(c, G_SELF, has));
    c->args[G_TARGET] = arg_value(samples(c, G_TARGET, has));
    c->args[G_REDUCTION] = arg_int(REDUCTION_NONE);
    c->args[G_TOTAL] = arg_value(emit(b, "zeros", "I,dtype=t", NULL, 0u, (int)self->dtype)); /* not read */
    return batch_emit(c);
}
const batch_rule batch_nll_backward = {"loss", apply_nll_backward, 0};
