/* SPDX-License-Identifier: MIT
 * reduce_vjp.c — derivatives of reductions. The nodes and their order are PyTorch's. */
#include "ops/reduce.h"

#include "ops/pointwise.h"

#include <math.h>

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

value reduce_restore(builder *b, value v, uint32_t mask, uint32_t ndim) {
    for (uint32_t d = 0; d < ndim; d++)
        if (mask >> d & 1) v = emit(b, "unsqueeze", "vi", v, (int64_t)d);
    return v;
}

value reduce_expand(builder *b, value v, const type *like) {
    return emit(b, "expand", "vD", v, like->sizes, (uint32_t)like->ndim);
}

value reduce_new_zeros(builder *b, value grad, const type *like) {
    return emit(b, "new_zeros", "vD", grad, like->sizes, (uint32_t)like->ndim);
}

typedef struct reduced {
    const type *self;
    uint32_t mask;
    bool all; /* no dimension was named: the result is 0-dim */
    bool keepdim;
    int64_t dims[COT_MAX_DIMS]; /* as the call wrote them */
    uint32_t count;
} reduced;

static const arg *named(const vjp_call *c, const char *name) {
    static const arg none = {.kind = ARG_NONE};
    const int at = op_param(c->op, name);
    return at < 0 ? &none : &c->args[at];
}

static reduced describe(vjp_call *c) {
    const arg *dims = named(c, "dim");
    reduced r = {.self = TYPE_OF(c->b, vjp_tensor(c, 0)), .keepdim = arg_as_bool(named(c, "keepdim"), false)};
    reduce_mask(dims, r.self->ndim, &r.mask);
    r.count = arg_is_none(dims) ? 0 : arg_as_ints(dims, r.dims, COT_MAX_DIMS);
    r.all = r.count == 0;
    return r;
}

/* A gradient or result as it was with the reduced dimensions as 1, so that it broadcasts against the operand. */
static value restore(vjp_call *c, const reduced *r, value v) {
    if (r->keepdim || r->all || r->self->ndim == 0) return v;
    if (r->count == 1) return emit(c->b, "unsqueeze", "vi", v, r->dims[0]);
    return reduce_restore(c->b, v, r->mask, r->self->ndim);
}

/* The same by a view, as some of PyTorch's rules do. */
static value restore_by_view(vjp_call *c, const reduced *r, value v) {
    dim sizes[COT_MAX_DIMS];
    if (r->keepdim) return v;
    const uint32_t ndim = r->all ? 0 : reduce_sizes(r->self, r->mask, true, sizes);
    return emit(c->b, "view", "vD", v, sizes, ndim);
}

static uint32_t mask_dims(const reduced *r, int64_t *dims) {
    uint32_t count = 0;
    for (uint32_t d = 0; d < r->self->ndim; d++)
        if (r->mask >> d & 1) dims[count++] = d;
    return count;
}

/* ---- sums -------------------------------------------------------------------------------------------------------- */

cot_status vjp_sum(vjp_call *c) {
    const reduced r = describe(c);
    vjp_set(c, 0, reduce_expand(c->b, restore(c, &r, c->grads[0]), r.self));
    return c->b->status;
}

static value mean_gradient(vjp_call *c, const reduced *r, value grad) {
    const value spread = reduce_expand(c->b, restore(c, r, grad), r->self);
    return emit(c->b, "div.Scalar", "vd", spread, reduce_count(c->b->graph->ctx->syms, r->self, r->mask));
}

cot_status vjp_mean(vjp_call *c) {
    const reduced r = describe(c);
    vjp_set(c, 0, mean_gradient(c, &r, c->grads[0]));
    return c->b->status;
}

cot_status vjp_nansum(vjp_call *c) {
    const reduced r = describe(c);
    const value valid = vjp_line(c, "logical_not(isnan(self))");
    const value spread = reduce_expand(c->b, restore(c, &r, c->grads[0]), r.self);
    vjp_set(c, 0, emit(c->b, "mul.Tensor", "vv", spread, valid));
    return c->b->status;
}

/* Each element's derivative is the product of those before it and those behind it: right where elements are zero. */
static value products_without(builder *b, value x, int64_t d) {
    const type *t = TYPE_OF(b, x);
    dim one[COT_MAX_DIMS];
    const dim n = t->sizes[d], last = dim_sub(b->graph->ctx->syms, n, 1);
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    for (uint32_t i = 0; i < t->ndim; i++) one[i] = (int64_t)i == d ? 1 : t->sizes[i];
    const value ones =
        emit(b, "ones", "D,dtype=t,layout=a,device=a", one, (uint32_t)t->ndim, (int)t->dtype, &strided, &cpu);
    const value before[] = {ones, emit(b, "slice.Tensor", "viid", x, d, (int64_t)0, last)};
    const value prefix = emit(b, "cumprod", "vi", emit(b, "cat", "Vi", before, 2u, d), d);
    const value rest = emit(b, "slice.Tensor", "viid", x, d, (int64_t)1, n);
    const value behind[] = {ones, emit(b, "flip", "vI", rest, &d, 1u)};
    const value suffix = emit(b, "cumprod", "vi", emit(b, "cat", "Vi", behind, 2u, d), d);
    return emit(b, "mul.Tensor", "vv", prefix, emit(b, "flip", "vI", suffix, &d, 1u));
}

cot_status vjp_prod(vjp_call *c) {
    builder *b = c->b;
    const reduced r = describe(c);
    const value self = vjp_tensor(c, 0);
    const bool whole = op_param(c->op, "dim") < 0;
    if (r.self->ndim == 0) {
        vjp_set(c, 0, c->grads[0]);
        return COT_OK;
    }
    const int64_t flat = -1;
    const value x = whole ? emit(b, "view", "vI", self, &flat, 1u) : self;
    const int64_t d = whole ? 0 : reduce_dim(named(c, "dim"), r.self->ndim);
    const value grad = whole ? c->grads[0] : restore(c, &r, c->grads[0]);
    value g = grad;
    if (TYPE_OF(b, x)->sizes[d] != 1) g = emit(b, "mul.Tensor", "vv", grad, products_without(b, x, d));
    vjp_set(c, 0, whole ? emit(b, "view", "vD", g, r.self->sizes, (uint32_t)r.self->ndim) : g);
    return b->status;
}

/* ---- extrema ----------------------------------------------------------------------------------------------------- */

/* The gradient divided evenly among the elements that equal the result. `dims` are named as the forward named them. */
static value share_evenly(vjp_call *c, value grad, value mask, const int64_t *dims, uint32_t count) {
    const value ties = emit(c->b, "sum.dim_IntList", "vIb", mask, dims, count, 1);
    return emit(c->b, "mul.Tensor", "vv", emit(c->b, "div.Tensor", "vv", grad, ties), mask);
}

cot_status vjp_amax(vjp_call *c) {
    const reduced r = describe(c);
    const value result = restore_by_view(c, &r, c->result);
    const value mask = emit(c->b, "eq.Tensor", "vv", result, vjp_tensor(c, 0));
    vjp_set(c, 0, share_evenly(c, restore_by_view(c, &r, c->grads[0]), mask, r.dims, r.count));
    return c->b->status;
}

cot_status vjp_aminmax(vjp_call *c) {
    reduced r = describe(c);
    int64_t dims[COT_MAX_DIMS];
    r.all = false;
    const uint32_t count = mask_dims(&r, dims);
    value sum = NO_VALUE;
    for (uint32_t i = 0; i < 2; i++) {
        if (c->grads[i] == NO_VALUE) continue;
        const value grad = restore_by_view(c, &r, c->grads[i]), result = restore_by_view(c, &r, vjp_result(c, i));
        const value mask = emit(c->b, "eq.Tensor", "vv", vjp_tensor(c, 0), result);
        const value part = share_evenly(c, grad, mask, dims, count);
        sum = sum == NO_VALUE ? part : emit(c->b, "add.Tensor", "vv", sum, part);
    }
    vjp_set(c, 0, sum);
    return c->b->status;
}

static cot_status scatter_selected(vjp_call *c, bool keepdim) {
    const type *self = TYPE_OF(c->b, vjp_tensor(c, 0));
    const arg *dims = named(c, "dim");
    const int64_t d = arg_as_int(dims, -1);
    value grad = c->grads[0], indices = vjp_result(c, 1);
    if (grad == NO_VALUE) return COT_OK;
    if (!keepdim && self->ndim > 0) {
        grad = emit(c->b, "unsqueeze", "vi", grad, d);
        indices = emit(c->b, "unsqueeze", "vi", indices, d);
    }
    vjp_set(c, 0, emit(c->b, "scatter.src", "vivv", reduce_new_zeros(c->b, grad, self), d, indices, grad));
    return c->b->status;
}

cot_status vjp_select(vjp_call *c) { return scatter_selected(c, arg_as_bool(named(c, "keepdim"), false)); }

cot_status vjp_select_keep(vjp_call *c) { return scatter_selected(c, true); }

/* ---- variance ---------------------------------------------------------------------------------------------------- */

/* self - mean(self) */
static value centered(vjp_call *c, const reduced *r) {
    const value self = vjp_tensor(c, 0);
    const value mean =
        r->all ? emit(c->b, "mean", "v", self) : emit(c->b, "mean.dim", "vIb", self, r->dims, r->count, 1);
    return emit(c->b, "sub.Tensor", "vv", self, mean);
}

static value variance_scaled(vjp_call *c, const reduced *r, value grad) {
    syms *s = c->b->graph->ctx->syms;
    const double correction = arg_as_float(named(c, "correction"), 1);
    const dim count = reduce_count(s, r->self, r->mask);
    if (dim_is_static(count)) {
        const double freedom = (double)count - correction;
        return emit(c->b, "mul.Scalar", "vf", grad, freedom > 0 ? 2 / freedom : INFINITY);
    }
    const value twice = emit(c->b, "mul.Scalar", "vf", grad, 2.0);
    return emit(c->b, "div.Scalar", "vd", twice, dim_sub(s, count, (dim)correction));
}

cot_status vjp_variance(vjp_call *c) {
    builder *b = c->b;
    const reduced r = describe(c);
    const bool deviation = c->op->packet[0] == 's', pair = c->num_results == 2;
    value grad = c->grads[0], sum = NO_VALUE;
    if (grad != NO_VALUE && deviation) {
        const value result = pair ? vjp_result(c, 0) : c->result;
        const value half = emit(b, "div.Tensor", "vv", grad, emit(b, "mul.Scalar", "vi", result, (int64_t)2));
        grad = emit(b, "masked_fill.Scalar", "vvi", half, emit(b, "eq.Scalar", "vi", result, (int64_t)0), (int64_t)0);
        const value x = centered(c, &r);
        sum = emit(b, "mul.Tensor", "vv", variance_scaled(c, &r, restore(c, &r, grad)), x);
    } else if (grad != NO_VALUE) {
        grad = restore(c, &r, grad);
        const value x = centered(c, &r);
        sum = emit(b, "mul.Tensor", "vv", variance_scaled(c, &r, grad), x);
    }
    if (pair && c->grads[1] != NO_VALUE) {
        const value mean = mean_gradient(c, &r, c->grads[1]);
        sum = sum == NO_VALUE ? mean : emit(b, "add.Tensor", "vv", sum, mean);
    }
    vjp_set(c, 0, sum);
    return b->status;
}

/* ---- norms ------------------------------------------------------------------------------------------------------- */

cot_status vjp_vector_norm(vjp_call *c) {
    builder *b = c->b;
    const reduced r = describe(c);
    const double p = arg_as_float(named(c, "ord"), 2);
    const value self = vjp_tensor(c, 0);
    if (p == 0) {
        vjp_set(c, 0, emit(b, "zeros_like", "v", self));
        return b->status;
    }
    const value grad = restore(c, &r, c->grads[0]), norm = p == 1 ? NO_VALUE : restore(c, &r, c->result);
    const char *const names[] = {"self", "grad", "norm", "dims", "a", "b"};
    arg *list = ARENA_ARRAY(b->graph->arena, arg, r.count);
    for (uint32_t i = 0; i < r.count; i++) list[i] = arg_int(r.dims[i]);
    const arg args[] = {arg_value(self),  arg_value(grad),
                        arg_value(norm),  arg_list_of(list, r.count),
                        arg_float(p - 1), arg_float(isinf(p) ? 0 : p - 2)};
    const char *line =
        p == 1     ? "mul.Tensor(sgn(self), grad)"
        : p == 2   ? "d = div.Tensor(self, norm); mul.Tensor(grad, masked_fill.Scalar(d, eq.Scalar(norm, 0), 0))"
        : isinf(p) ? "x = abs(self); e = eq.Tensor(x, norm); m = logical_or(e, isnan(x)); "
                     "g = mul.Tensor(div.Tensor(grad, sum.dim_IntList(m, dims, True)), m); mul.Tensor(sgn(self), g)"
        : p < 1    ? "s = sgn(self); x = masked_fill.Scalar(pow.Tensor_Scalar(abs(self), a), eq.Scalar(self, 0), 0); "
                     "mul.Tensor(mul.Tensor(mul.Tensor(s, x), grad), pow.Tensor_Scalar(norm, -a))"
        : p < 2    ? "s = mul.Tensor(sgn(self), pow.Tensor_Scalar(abs(self), a)); d = div.Tensor(grad, "
                     "pow.Tensor_Scalar(norm, a)); "
                     "mul.Tensor(s, masked_fill.Scalar(d, eq.Scalar(norm, 0), 0))"
                : "s = mul.Tensor(self, pow.Tensor_Scalar(abs(self), b)); d = div.Tensor(grad, pow.Tensor_Scalar(norm, "
                  "a)); "
                  "mul.Tensor(s, masked_fill.Scalar(d, eq.Scalar(norm, 0), 0))";
    vjp_set(c, 0, emit_expression(b, line, names, args, COUNT_OF(args)));
    return b->status;
}

cot_status vjp_logsumexp(vjp_call *c) {
    const reduced r = describe(c);
    const value grad = restore(c, &r, c->grads[0]), result = restore(c, &r, c->result);
    const value e = emit(c->b, "exp", "v", emit(c->b, "sub.Tensor", "vv", vjp_tensor(c, 0), result));
    vjp_set(c, 0, emit(c->b, "mul.Tensor", "vv", grad, e));
    return c->b->status;
}

cot_status vjp_trace(vjp_call *c) {
    builder *b = c->b;
    syms *s = b->graph->ctx->syms;
    const type *self = TYPE_OF(b, vjp_tensor(c, 0));
    const dim rows = self->sizes[0], cols = self->sizes[1], step = dim_add(s, cols, 1), numel = dim_mul(s, rows, cols);
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    const value zeros = emit(b, "zeros", "D,dtype=t,layout=a,device=a", &numel, 1u, (int)self->dtype, &strided, &cpu);
    const value at = emit(b, "arange.start_step", "idd,dtype=t,layout=a,device=a", (int64_t)0,
                          dim_mul(s, dim_min(s, rows, cols), step), step, (int)COT_I64, &strided, &cpu);
    const value filled = emit(b, "index_fill.int_Tensor", "vivv", zeros, (int64_t)0, at, c->grads[0]);
    vjp_set(c, 0, emit(b, "view", "vD", filled, self->sizes, 2u));
    return b->status;
}
