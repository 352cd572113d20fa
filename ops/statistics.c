/* SPDX-License-Identifier: MIT
 * statistics.c — quantiles, distances, numerical integration and differentiation, membership, histograms: operators
 * that are straight compositions of sorting, reductions and pointwise arithmetic. */
#include "ops/reduce.h"

#include <math.h>
#include <string.h>

/* ---- quantiles --------------------------------------------------------------------------------------------------- */

/* What dim and keepdim say, with the elements along the last dimension. */
typedef struct quantile_call {
    value x; /* operand, the reduced dimension last */
    const type *self;
    bool whole, keepdim, skip_nan;
    uint32_t dim;
    const char *interpolation;
} quantile_call;

static value to_dtype(builder *b, value v, cot_dtype dtype) { return emit(b, "_to_copy", "v,dtype=t", v, (int)dtype); }

/* Positions in the sorted line, in f64: q (n - 1), where a NaN in the line makes it the last, which is one. */
static value quantile_ranks(builder *b, const quantile_call *c, value q) {
    const type *t = TYPE_OF(b, c->x);
    const dim n = t->sizes[t->ndim - 1], last = dim_sub(b->graph->ctx->syms, n, 1);
    const value nan = emit(b, "isnan", "v", c->x), wide = to_dtype(b, q, COT_F64);
    dim sizes[COT_MAX_DIMS];
    memcpy(sizes, t->sizes, t->ndim * sizeof *sizes);
    sizes[t->ndim - 1] = TYPE_OF(b, q)->ndim ? TYPE_OF(b, q)->sizes[0] : 1;
    if (c->skip_nan) {
        const int64_t line = -1;
        const value valid = emit(b, "sum.dim_IntList", "vIb", emit(b, "logical_not", "v", nan), &line, 1u, 1);
        const value rank = emit(b, "mul.Tensor", "vv", wide, emit(b, "sub.Scalar", "vi", valid, (int64_t)1));
        return emit(b, "masked_fill.Scalar", "vvi", rank, emit(b, "lt.Scalar", "vi", rank, (int64_t)0), (int64_t)0);
    }
    const value rank = emit(b, "mul.Scalar", "vd", wide, last), any = emit(b, "any.dim", "vib", nan, (int64_t)-1, 1);
    return emit(b, "masked_fill.Scalar", "vvd", emit(b, "expand", "vD", rank, sizes, (uint32_t)t->ndim), any, last);
}

/* The sorted line at fractional positions. */
static value quantile_at(builder *b, const quantile_call *c, value ranks) {
    const cot_dtype dtype = (cot_dtype)TYPE_OF(b, c->x)->dtype;
    const char *how = c->interpolation;
    if (!strcmp(how, "lower")) ranks = emit(b, "floor", "v", ranks);
    if (!strcmp(how, "higher")) ranks = emit(b, "ceil", "v", ranks);
    if (!strcmp(how, "nearest")) ranks = emit(b, "round", "v", ranks);
    const value below = to_dtype(b, ranks, COT_I64);
    const bool linear = !strcmp(how, "linear"), midpoint = !strcmp(how, "midpoint");
    const value weight = linear ? to_dtype(b, emit(b, "sub.Tensor", "vv", ranks, below), dtype) : NO_VALUE;
    const value above = linear || midpoint ? to_dtype(b, emit(b, "ceil", "v", ranks), COT_I64) : NO_VALUE;
    const value sorted = emit_get(b, emit(b, "sort", "v", c->x), 0),
                low = emit(b, "gather", "viv", sorted, (int64_t)-1, below);
    if (above == NO_VALUE) return low;
    const value high = emit(b, "gather", "viv", sorted, (int64_t)-1, above);
    return linear ? emit(b, "lerp.Tensor", "vvv", low, high, weight) : emit(b, "lerp.Scalar", "vvf", low, high, 0.5);
}

/* Results for several q come first; a kept dimension is put back. */
static value quantile_arrange(builder *b, const quantile_call *c, value y, bool several) {
    const uint32_t ndim = c->self->ndim;
    if (several) y = emit(b, "movedim.int", "vii", y, (int64_t)-1, (int64_t)0);
    else y = emit(b, "squeeze.dim", "vi", y, (int64_t)-1);
    if (!c->keepdim) return y;
    if (!c->whole) return ndim ? emit(b, "unsqueeze", "vi", y, (int64_t)c->dim + several) : y;
    for (uint32_t i = 0; i < ndim; i++) y = emit(b, "unsqueeze", "vi", y, (int64_t)several);
    return y;
}

static value decompose_quantile(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const int64_t flat = -1;
    quantile_call c = {.self = TYPE_OF(b, self),
                       .whole = arg_is_none(&args[2]),
                       .keepdim = arg_as_bool(&args[3], false),
                       .skip_nan = o->packet[0] == 'n',
                       .interpolation = args[4].kind == ARG_STRING ? args[4].s : "linear"};
    c.dim = c.whole ? 0 : reduce_dim(&args[2], c.self->ndim);
    c.x = c.whole || c.self->ndim == 0 ? emit(b, "reshape", "vI", self, &flat, 1u)
          : c.dim + 1 == c.self->ndim  ? self
                                       : emit(b, "movedim.int", "vii", self, (int64_t)c.dim, (int64_t)-1);
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    const value q = args[1].kind == ARG_VALUE ? args[1].value
                                              : emit(b, "scalar_tensor", "a,dtype=t,layout=a,device=a", &args[1],
                                                     (int)c.self->dtype, &strided, &cpu);
    const bool several = TYPE_OF(b, q)->ndim > 0;
    return quantile_arrange(b, &c, quantile_at(b, &c, quantile_ranks(b, &c, q)), several);
}

/* ---- integration and differentiation ----------------------------------------------------------------------------- */

static value from(builder *b, value x, int64_t d, int64_t begin, dim end) {
    return emit(b, "slice.Tensor", "viid", x, d, begin, end);
}

static dim size_at(builder *b, value x, int64_t d) {
    const type *t = TYPE_OF(b, x);
    const arg a = arg_int(d);
    return t->sizes[reduce_dim(&a, t->ndim)];
}

/* x[1:] and x[:-1] along d. */
static void neighbours(builder *b, value x, int64_t d, value *right, value *left) {
    const dim n = size_at(b, x, d);
    *left = from(b, x, d, 0, dim_sub(b->graph->ctx->syms, n, 1));
    *right = from(b, x, d, 1, n);
}

/* Widths of the intervals between the points x of y along d, broadcasting against y[1:]. */
static value widths(builder *b, value x, value y, int64_t d) {
    value right, left;
    const uint32_t ndim = TYPE_OF(b, y)->ndim, have = TYPE_OF(b, x)->ndim;
    const arg a = arg_int(d);
    const uint32_t at = reduce_dim(&a, ndim);
    if (have == 1 && ndim > 1) {
        neighbours(b, x, 0, &right, &left);
        value w = emit(b, "sub.Tensor", "vv", right, left);
        for (uint32_t i = at + 1; i < ndim; i++) w = emit(b, "unsqueeze", "vi", w, (int64_t)-1);
        return w;
    }
    for (uint32_t i = have; i < ndim; i++) x = emit(b, "unsqueeze", "vi", x, (int64_t)0);
    neighbours(b, x, d, &right, &left);
    return emit(b, "sub.Tensor", "vv", right, left);
}

/* trapezoid, trapz and cumulative_trapezoid with points x, or a number dx. */
static value decompose_trapezoid(builder *b, const op *o, const arg *args) {
    const value y = arg_as_value(&args[0]);
    const bool cumulative = o->packet[0] == 'c', points = args[1].kind == ARG_VALUE;
    const int64_t d = arg_as_int(&args[2], -1);
    value right, left;
    neighbours(b, y, d, &right, &left);
    value area = emit(b, "add.Tensor", "vv", left, right);
    area = points ? emit(b, "mul.Tensor", "vv", area, widths(b, args[1].value, y, d))
                  : emit(b, "mul.Scalar", "va", area, &args[1]);
    area = emit(b, "mul.Scalar", "vf", area, 0.5);
    return cumulative ? emit(b, "cumsum", "vi", area, d) : emit(b, "sum.dim_IntList", "vI", area, &d, 1u);
}

/* One derivative along d: central differences inside, one-sided ones of the given order at the ends. */
static value differentiate_along(builder *b, value x, int64_t d, double h, bool second_order) {
    const dim n = size_at(b, x, d);
    syms *s = b->graph->ctx->syms;
    const value inner = emit(b, "sub.Tensor", "vv", from(b, x, d, 2, n), from(b, x, d, 0, dim_sub(s, n, 2)));
    value first[3], last[3];
    for (int64_t i = 0; i < 2 + second_order; i++) {
        first[i] = from(b, x, d, i, i + 1);
        last[i] = from(b, x, d, dim_is_static(n) ? n - 1 - i : -1 - i, dim_sub(s, n, i));
    }
    value ends[2];
    for (uint32_t e = 0; e < 2; e++) {
        value *p = e ? last : first;
        const double sign = e ? -1 : 1;
        if (second_order) {
            const value a = emit(b, "mul.Scalar", "vf", p[0], -1.5 * sign / h),
                        m = emit(b, "mul.Scalar", "vf", p[1], 2 * sign / h);
            ends[e] = emit(b, "add.Tensor", "vv", emit(b, "add.Tensor", "vv", a, m),
                           emit(b, "mul.Scalar", "vf", p[2], -0.5 * sign / h));
        } else {
            ends[e] = emit(b, "div.Scalar", "vf", emit(b, "sub.Tensor", "vv", p[1], p[0]), sign * h);
        }
    }
    const value parts[] = {ends[0], emit(b, "div.Scalar", "vf", inner, 2 * h), ends[1]};
    return emit(b, "cat", "Vi", parts, 3u, d);
}

/* gradient with numbers for spacing: one for all dimensions, or one for each. */
static value decompose_gradient(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const int spacing = op_param(o, "spacing"), dims = op_param(o, "dim"), order = op_param(o, "edge_order");
    const uint32_t ndim = TYPE_OF(b, self)->ndim;
    int64_t along[COT_MAX_DIMS];
    value parts[COT_MAX_DIMS];
    uint32_t count = arg_is_none(&args[dims]) ? 0 : arg_as_ints(&args[dims], along, COT_MAX_DIMS);
    if (arg_is_none(&args[dims]))
        for (; count < ndim; count++) along[count] = count;
    const arg *h = spacing < 0 ? NULL : &args[spacing];
    for (uint32_t i = 0; i < count; i++) {
        const bool each = h && (h->kind == ARG_LIST || h->kind == ARG_TUPLE);
        const double step = !h ? 1 : each ? arg_as_float(&h->list[MIN(i, h->count - 1)], 1) : arg_as_float(h, 1);
        parts[i] = differentiate_along(b, self, along[i], step, arg_as_int(&args[order], 1) == 2);
    }
    return emit_pack(b, parts, count);
}

/* ---- distances --------------------------------------------------------------------------------------------------- */

/* Distances of all pairs of rows i < j. */
static value decompose_pdist(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const dim n = TYPE_OF(b, self)->sizes[0];
    const int64_t last = -1;
    UNUSED(o);
    const value pairs = emit(b, "triu_indices", "ddi", n, n, (int64_t)1);
    const value i = emit(b, "select.int", "vii", pairs, (int64_t)0, (int64_t)0),
                j = emit(b, "select.int", "vii", pairs, (int64_t)0, (int64_t)1);
    const value x = emit(b, "index_select", "viv", self, (int64_t)0, i),
                y = emit(b, "index_select", "viv", self, (int64_t)0, j);
    return emit(b, "linalg_vector_norm", "vaI", emit(b, "sub.Tensor", "vv", x, y), &args[1], &last, 1u);
}

/* Slices along `dim` (the others together) that are longer than maxnorm are brought to that length. */
static value decompose_renorm(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const uint32_t ndim = TYPE_OF(b, self)->ndim, d = reduce_dim(&args[2], ndim);
    int64_t others[COT_MAX_DIMS];
    uint32_t count = 0;
    UNUSED(o);
    for (uint32_t i = 0; i < ndim; i++)
        if (i != d) others[count++] = i;
    const value norm = emit(b, "linalg_vector_norm", "vaIb", self, &args[1], others, count, 1);
    const value scale =
        emit(b, "mul.Scalar", "va", emit(b, "reciprocal", "v", emit(b, "add.Scalar", "vf", norm, 1e-7)), &args[3]);
    const value factor = emit(b, "where.ScalarOther", "vvf", emit(b, "gt.Scalar", "va", norm, &args[3]), scale, 1.0);
    return emit(b, "mul.Tensor", "vv", self, factor);
}

/* a × b along d, from both cyclic shifts. */
static value decompose_cross(builder *b, const op *o, const arg *args) {
    const value x = arg_as_value(&args[0]), y = arg_as_value(&args[1]);
    const type *t = TYPE_OF(b, x);
    uint32_t d = 0;
    UNUSED(o);
    if (!arg_is_none(&args[2])) d = reduce_dim(&args[2], t->ndim);
    else
        while (d < t->ndim && t->sizes[d] != 3) d++;
    if (d >= t->ndim || t->sizes[d] != 3) {
        builder_fail(b, COT_SHAPE, "%s: expected a dimension of size 3", o->packet);
        return NO_VALUE;
    }
    const int64_t at = d, one = -1, two = -2;
    value next[2], after[2];
    for (uint32_t i = 0; i < 2; i++) {
        next[i] = emit(b, "roll", "vII", i ? y : x, &one, 1u, &at, 1u);
        after[i] = emit(b, "roll", "vII", i ? y : x, &two, 1u, &at, 1u);
    }
    return emit(b, "sub.Tensor", "vv", emit(b, "mul.Tensor", "vv", next[0], after[1]),
                emit(b, "mul.Tensor", "vv", after[0], next[1]));
}

/* ---- membership and histograms ----------------------------------------------------------------------------------- */

static value decompose_isin(builder *b, const op *o, const arg *args) {
    const bool invert = arg_as_bool(&args[3], false);
    const arg *elements = &args[0], *set = &args[1];
    const int64_t flat = -1;
    value found;
    UNUSED(o);
    if (set->kind != ARG_VALUE) {
        found = emit(b, "eq.Scalar", "va", elements->value, set);
    } else {
        const value line = emit(b, "reshape", "vI", set->value, &flat, 1u);
        const value same =
            elements->kind != ARG_VALUE
                ? emit(b, "eq.Scalar", "va", line, elements)
                : emit(b, "eq.Tensor", "vv", emit(b, "unsqueeze", "vi", elements->value, (int64_t)-1), line);
        found = emit(b, "any.dim", "vi", same, (int64_t)-1);
    }
    return invert ? emit(b, "logical_not", "v", found) : found;
}

/* Counts of elements in equal bins from min to max, of the elements themselves where both are 0. */
static value decompose_histc(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const double min = arg_as_float(&args[2], 0), max = arg_as_float(&args[3], 0);
    const dim bins = arg_as_dim(b->graph, &args[1]);
    const int64_t flat = -1;
    const value x = emit(b, "reshape", "vI", self, &flat, 1u);
    UNUSED(o);
    const value low = min == max ? emit(b, "amin", "v", x) : emit(b, "full_like", "vf", emit(b, "sum", "v", x), min);
    const value high = min == max ? emit(b, "amax", "v", x) : emit(b, "full_like", "vf", emit(b, "sum", "v", x), max);
    const value width = emit(b, "sub.Tensor", "vv", high, low), empty = emit(b, "eq.Scalar", "vi", width, (int64_t)0);
    const value low1 = emit(b, "where.self", "vvv", empty, emit(b, "sub.Scalar", "vi", low, (int64_t)1), low);
    const value width1 = emit(b, "masked_fill.Scalar", "vvi", width, empty, (int64_t)2);
    const value place =
        emit(b, "div.Tensor", "vv", emit(b, "mul.Scalar", "vd", emit(b, "sub.Tensor", "vv", x, low1), bins), width1);
    const value inside = emit(b, "logical_and", "vv", emit(b, "ge.Scalar", "vi", place, (int64_t)0),
                              emit(b, "le.Scalar", "vd", place, bins));
    const value bin =
        emit(b, "clamp", "vid", to_dtype(b, place, COT_I64), (int64_t)0, dim_sub(b->graph->ctx->syms, bins, 1));
    const value zeros = emit(b, "new_zeros", "vD", x, &bins, 1u);
    return emit(b, "scatter_add", "vivv", zeros, (int64_t)0, bin,
                to_dtype(b, inside, (cot_dtype)TYPE_OF(b, self)->dtype));
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

#define FUNCTION(schema_, function, samples_)                                                                          \
    { .schema = schema_, .traits = OP_COMPOSITE, .decompose_fn = function, .samples = samples_ }
#define COMPOSITE(schema_, expression, samples_)                                                                       \
    { .schema = schema_, .traits = OP_COMPOSITE, .decompose = expression, .samples = samples_ }
#define QUANTILE(name, q)                                                                                              \
    name "(Tensor self, " q " q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor"

const op_record ops_statistics[] = {
    FUNCTION(QUANTILE("quantile", "Tensor"), decompose_quantile, "f32[4, 3], f32[2], 0; f32[4, 3], f32[2], 1, True"),
    FUNCTION(QUANTILE("quantile.scalar", "float"), decompose_quantile,
             "f32[4, 3], 0.3; f32[4, 3], 0.7, 0; f32[4, 3], 0.5, 1, True; f32[5], 0.4, interpolation='nearest'; "
             "f32[], 0.5"),
    FUNCTION(QUANTILE("nanquantile", "Tensor"), decompose_quantile, "f32[4, 3], f32[2], 0"),
    FUNCTION(QUANTILE("nanquantile.scalar", "float"), decompose_quantile, "f32[4, 3], 0.3; f32[4, 3], 0.7, 0, True"),
    FUNCTION("trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor", decompose_trapezoid,
             "f32[3, 4], f32[3, 4]; "
             "f32[3, 4], f32[3], dim=0"),
    FUNCTION("trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor", decompose_trapezoid, "f32[3, 4], dx=0.5"),
    FUNCTION("trapz.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor", decompose_trapezoid, "f32[3, 4], f32[4]"),
    FUNCTION("trapz.dx(Tensor y, *, float dx=1, int dim=-1) -> Tensor", decompose_trapezoid, "f32[3, 4]"),
    FUNCTION("cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor", decompose_trapezoid,
             "f32[3, 4], "
             "f32[3, 4]"),
    FUNCTION("cumulative_trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor", decompose_trapezoid,
             "f32[3, "
             "4], dim=0"),
    FUNCTION("gradient.scalarint(Tensor self, *, Scalar? spacing=None, int? dim=None, int edge_order=1) -> Tensor[]",
             decompose_gradient, "f32[5]; f32[5], spacing=2.0; f32[4, 5], dim=1, edge_order=2"),
    FUNCTION("gradient.scalararray(Tensor self, *, Scalar spacing, int[] dim, int edge_order=1) -> "
             "Tensor[]",
             decompose_gradient, "f32[4, 5], spacing=2, dim=[0, 1]"),
    FUNCTION("gradient.array(Tensor self, *, int[] dim, int edge_order=1) -> Tensor[]", decompose_gradient,
             "f32[4, "
             "5], dim=[1]"),
    FUNCTION("gradient.scalarrayint(Tensor self, *, Scalar[] spacing, int? dim=None, int edge_order=1) -> Tensor[]",
             decompose_gradient, "f32[4, 5], spacing=[2, 0.5]"),
    FUNCTION("gradient.scalarrayarray(Tensor self, *, Scalar[] spacing, int[] dim, int edge_order=1) -> Tensor[]",
             decompose_gradient, "f32[4, 5], spacing=[2, 0.5], dim=[0, 1]"),
    COMPOSITE("cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor",
              "a = clamp_min(linalg_vector_norm(x1, 2, [dim], True), eps); b = clamp_min(linalg_vector_norm(x2, 2, "
              "[dim], True), eps); "
              "p = div.Tensor(x1, a); sum.dim_IntList(mul.Tensor(p, div.Tensor(x2, b)), [dim])",
              "f32[3, 4], f32[3, 4]; f32[3, 4], f32[1, 4], 0"),
    COMPOSITE("pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False) -> Tensor",
              "linalg_vector_norm(add.Scalar(sub.Tensor(x1, x2), eps), p, [-1], keepdim)",
              "f32[3, 4], f32[3, 4]; "
              "f32[3], f32[3], 1.0, keepdim=True"),
    COMPOSITE("cdist(Tensor x1, Tensor x2, float p=2, int? compute_mode=None) -> Tensor",
              "linalg_vector_norm(sub.Tensor(unsqueeze(x1, -2), unsqueeze(x2, -3)), p, [-1])",
              "f32[3, 2], f32[4, "
              "2]; f32[2, 3, 2], f32[2, 4, 2], 1.0"),
    FUNCTION("pdist(Tensor self, float p=2) -> Tensor", decompose_pdist, "f32[4, 3]; f32[1, 3]; f32[4, 3], 1.0"),
    FUNCTION("renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor", decompose_renorm,
             "f32[3, 4], 2, 0, "
             "0.5"),
    FUNCTION("cross(Tensor self, Tensor other, int? dim=None) -> Tensor", decompose_cross,
             "f32[4, 3], f32[4, 3]; "
             "f32[3, 2], f32[3, 2], 0"),
    FUNCTION("linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor", decompose_cross,
             "f32[4, 3], f32[4, "
             "3]; f32[3, 2], f32[3, 2], dim=0"),
    FUNCTION("isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool "
             "invert=False) -> Tensor",
             decompose_isin, "f32[4], f32[2]; i64[3, 2], i64[4], invert=True"),
    FUNCTION("isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool "
             "invert=False) -> Tensor",
             decompose_isin, "i64[4], 1"),
    FUNCTION("isin.Scalar_Tensor(Scalar element, Tensor test_elements, *, bool assume_unique=False, bool "
             "invert=False) -> Tensor",
             decompose_isin, "1, i64[4]"),
    FUNCTION("histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor", decompose_histc,
             "! f32[20], "
             "5; ! f32[20], 4, -1, 1"),
};
const uint32_t ops_statistics_count = COUNT_OF(ops_statistics);
