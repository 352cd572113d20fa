/* SPDX-License-Identifier: MIT
 * batch_product.c — products of matrices over a batch: one product where one side is the same for all examples, a
 * batched product else. */
#include "ops/batch.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

/* An operand of a product, as matrices: (batch…, rows, columns), a vector seen as one row or column. */
typedef struct factor {
    value v;
    bool batched;
    uint32_t ndim; /* for one example */
} factor;

static factor factor_of(batch_call *c, uint32_t i) {
    return (factor){batch_tensor(c, i), batch_has(c, i), batch_logical(c, i)->ndim};
}

static value merge_first(builder *b, value v) {
    return emit(b, "flatten.using_ints", "vii", v, (int64_t)0, (int64_t)1);
}

/* (b, m, k) @ (k, n): the rows of all examples at once. */
static value rows_at_once(batch_call *c, value x, value y) { return emit(c->b, "mm", "vv", merge_first(c->b, x), y); }

static value whole(batch_call *c, factor f) { return f.batched ? f.v : batch_repeat(c->b, f.v, c->size); }

/* Matrices (m, k) and (k, n), or stacks of them, per example: (batch, …, m, n), the batch perhaps merged. */
static value multiply(batch_call *c, factor x, factor y) {
    builder *b = c->b;
    if (!x.batched && !y.batched && x.ndim == 2) return batch_repeat(b, emit(b, "mm", "vv", x.v, y.v), c->size);
    if (x.ndim == 2 && !y.batched) return rows_at_once(c, x.v, y.v);
    if (x.ndim == 2) return emit(b, "bmm", "vv", whole(c, x), whole(c, y));
    return emit(b, "bmm", "vv", merge_first(b, whole(c, x)), merge_first(b, whole(c, y)));
}

static factor as_matrix(batch_call *c, factor f, bool row) {
    if (f.ndim != 1) return f;
    const int64_t at = (row ? 0 : 1) + f.batched;
    return (factor){emit(c->b, "unsqueeze", "vi", f.v, at), f.batched, 2};
}

/* The factors are the last two tensors of the schema; what is added to their product stands before them. */
static void find_factors(batch_call *c, factor *x, factor *y) {
    uint32_t tensors[3] = {0}, count = 0;
    for (uint32_t i = 0; i < c->op->num_params && count < 3; i++)
        if (c->op->params[i].type == PARAM_TENSOR) tensors[count++] = i;
    *x = factor_of(c, tensors[count - 2]);
    *y = factor_of(c, tensors[count - 1]);
}

/* The product for each example, in the sizes that it has there. */
static value product_of(batch_call *c, const type *logical) {
    factor x, y;
    find_factors(c, &x, &y);
    const bool outer = x.ndim == 1 && y.ndim == 1 && logical->ndim == 2;
    if (!strcmp(c->op->packet, "vdot")) x.v = emit(c->b, "conj", "v", x.v);
    if (x.ndim == 2 && !x.batched && y.ndim == 1 && y.batched) /* one matrix, a vector each: (b, k) @ (k, m) */
        return emit(c->b, "mm", "vv", y.v, emit(c->b, "t", "v", x.v));
    x = as_matrix(c, x, !outer);
    y = as_matrix(c, y, outer);
    return batch_shaped(c, multiply(c, x, y), logical->sizes, logical->ndim);
}

static cot_status apply_product(batch_call *c) {
    c->result = product_of(c, &c->call->type);
    return c->b->status;
}
const batch_rule batch_product = {"product", apply_product, 0};

/* beta * self + alpha * product, `self` broadcast; the scalings are left out where they are 1. */
static cot_status apply_product_added(batch_call *c) {
    builder *b = c->b;
    const int beta = op_param(c->op, "beta"), alpha = op_param(c->op, "alpha");
    const type *logical = &c->call->type;
    const bool sums = !strcmp(c->op->packet, "addbmm"); /* the stack of products is summed */
    dim stack[COT_MAX_DIMS];
    type t = *logical;
    if (sums) {
        stack[0] = batch_logical(c, (uint32_t)op_param(c->op, "batch1"))->sizes[0];
        for (uint32_t i = 0; i < logical->ndim; i++) stack[i + 1] = logical->sizes[i];
        t.sizes = stack;
        t.ndim = (uint8_t)(logical->ndim + 1);
    }
    value p = product_of(c, &t), self = batch_lined(c, 0, logical->ndim);
    const int64_t second = 1;
    if (sums) p = emit(b, "sum.dim_IntList", "vI", p, &second, 1u);
    const double by = arg_as_float(&c->args[alpha], NAN), keep = arg_as_float(&c->args[beta], NAN);
    if (by != 1) p = emit(b, "mul.Scalar", "va", p, &c->args[alpha]);
    if (keep == 0) {
        c->result = p;
        return b->status;
    }
    if (keep != 1) self = emit(b, "mul.Scalar", "va", self, &c->args[beta]);
    c->result = emit(b, "add.Tensor", "vv", self, p);
    return b->status;
}
const batch_rule batch_product_added = {"product", apply_product_added, 0};
