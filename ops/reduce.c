/* SPDX-License-Identifier: MIT
 * reduce.c — reductions: sums, means, products, extrema, norms, variances, log-sum-exp, any and all.
 *
 * A record's data says which kernel reduction it is and which dtype it gives; one shape rule and one prepare function
 * serve all of them. Results are contiguous, whatever the operand's layout, as in PyTorch. */
#include "ops/reduce.h"
#include "ops/batch.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/reduce.h"
#include "ops/form.h"

#include <math.h>
#include <string.h>

KERNEL_DECLARE(kernel_fn, reduce_run);

typedef enum result_rule {
    RESULT_SAME,  /* the operand's dtype */
    RESULT_SUM,   /* i64 for integers and bool; `dtype` overrides */
    RESULT_FLOAT, /* floats only; `dtype` overrides */
    RESULT_REAL,  /* floats as they are, f32 for integers */
    RESULT_BOOL,  /* bool, but u8 for u8 */
    RESULT_INDEX, /* i64 */
} result_rule;

typedef struct reduce_info {
    uint8_t first, second, finish, rule;
    uint8_t results; /* 2: var_mean and its like, whose second result is the mean; aminmax */
} reduce_info;

/* ---- dimensions -------------------------------------------------------------------------------------------------- */

bool reduce_mask(const arg *dims, uint32_t ndim, uint32_t *mask) {
    int64_t items[2 * COT_MAX_DIMS];
    const int64_t n = MAX(ndim, 1);
    const uint32_t count = arg_is_none(dims) ? 0 : arg_as_ints(dims, items, COUNT_OF(items));
    *mask = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i] < -n || items[i] >= n) return false;
        const uint32_t bit = 1u << (items[i] < 0 ? items[i] + n : items[i]);
        if (*mask & bit) return false;
        *mask |= bit;
    }
    if (count == 0 || ndim == 0) *mask = (1u << ndim) - 1;
    return true;
}

cot_status reduce_shape_mask(shape_call *c, int param, uint32_t ndim, uint32_t *mask) {
    const arg none = arg_none();
    if (reduce_mask(param < 0 ? &none : &c->args[param], ndim, mask)) return COT_OK;
    return shape_fail(c, "a dimension is named twice or is out of range: expected distinct ones in [%d, %d]",
                      -(int)MAX(ndim, 1), (int)MAX(ndim, 1) - 1);
}

uint32_t reduce_sizes(const type *t, uint32_t mask, bool keepdim, dim *sizes) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < t->ndim; d++) {
        if (!(mask >> d & 1)) sizes[n++] = t->sizes[d];
        else if (keepdim) sizes[n++] = 1;
    }
    return n;
}

uint32_t reduce_dim(const arg *a, uint32_t ndim) {
    const int64_t d = arg_as_int(a, 0);
    return (uint32_t)(d < 0 ? d + MAX(ndim, 1) : d);
}

dim reduce_count(syms *s, const type *t, uint32_t mask) {
    dim n = 1;
    for (uint32_t d = 0; d < t->ndim; d++)
        if (mask >> d & 1) n = dim_mul(s, n, t->sizes[d]);
    return n;
}

cot_status reduce_tuple(shape_call *c, const cot_dtype *dtypes, uint32_t count, const dim *sizes, uint32_t ndim) {
    type parts[4];
    for (uint32_t i = 0; i < count; i++) parts[i] = type_tensor(c->arena, c->syms, dtypes[i], sizes, ndim);
    c->result = type_tuple(c->arena, parts, count);
    return COT_OK;
}

/* ---- shape ------------------------------------------------------------------------------------------------------- */

static const reduce_info *info_of(const op *o) { return o->record->data; }

static bool keeps_dims(const op *o, const arg *args) {
    const int keepdim = op_param(o, "keepdim");
    return keepdim >= 0 && arg_as_bool(&args[keepdim], false);
}

static cot_dtype real_part(cot_dtype d) { return d == COT_C64 ? COT_F32 : d == COT_C128 ? COT_F64 : d; }

static cot_status result_dtype(shape_call *c, uint8_t rule, cot_dtype in, cot_dtype *out) {
    const int param = op_param(c->op, "dtype");
    const bool floating = dtype_is_float(in) || dtype_is_complex(in);
    if (param >= 0 && c->args[param].kind == ARG_DTYPE) {
        *out = (cot_dtype)c->args[param].i;
        return COT_OK;
    }
    *out = in;
    switch ((result_rule)rule) {
    case RESULT_SAME: break;
    case RESULT_SUM: *out = floating ? in : COT_I64; break;
    case RESULT_FLOAT:
        if (!floating)
            return shape_fail(c, "could not infer the output dtype: the operand is %s, expected floating point",
                              dtype_torch_name(in));
        break;
    case RESULT_REAL: *out = floating ? real_part(in) : COT_F32; break;
    case RESULT_BOOL: *out = in == COT_U8 ? COT_U8 : COT_BOOL; break;
    case RESULT_INDEX: *out = COT_I64; break;
    }
    return COT_OK;
}

static cot_status shape_reduce(shape_call *c) {
    const reduce_info *info = info_of(c->op);
    const type *t = shape_tensor(c, 0);
    uint32_t mask;
    cot_dtype dtype;
    dim sizes[COT_MAX_DIMS];
    TRY(reduce_shape_mask(c, op_param(c->op, "dim"), t->ndim, &mask));
    TRY(result_dtype(c, info->rule, t->dtype, &dtype));
    const bool order = info->first == REDUCE_max || info->first == REDUCE_min;
    if (order && info->second == REDUCE_NONE && reduce_count(c->syms, t, mask) == 0)
        return shape_fail(c, "cannot reduce over a dimension without elements: the operation has no identity");
    const uint32_t ndim = reduce_sizes(t, mask, keeps_dims(c->op, c->args), sizes);
    if (info->results == 2) return reduce_tuple(c, (const cot_dtype[]){dtype, dtype}, 2, sizes, ndim);
    return shape_result(c, dtype, sizes, ndim);
}

/* ---- plan time --------------------------------------------------------------------------------------------------- */

/* The reduction of a norm: its order decides. */
static void norm_reduction(reduction *r, double order) {
    r->first = order == 0           ? REDUCE_count
               : order == 1         ? REDUCE_abs_sum
               : order == 2         ? REDUCE_square_sum
               : order == INFINITY  ? REDUCE_abs_max
               : order == -INFINITY ? REDUCE_abs_min
                                    : REDUCE_power_sum;
    r->finish = order == 2 ? REDUCE_SQRT : r->first == REDUCE_power_sum ? REDUCE_ROOT : REDUCE_TOTAL;
    r->parameter = order;
}

static size_t lay_out(const prepare_call *c, reduction *r, uint32_t result, uint32_t mask) {
    r->result = result;
    r->dtype = c->operands[0].dtype;
    return reduce_layout(r, &c->operands[0], &c->results[result], mask, c->threads);
}

/* The same as a tile program, for reductions that are one pass, and for variances. */
static void offer_form(prepare_call *c, const reduction *r, uint32_t mask) {
    static const uint8_t combine[REDUCE_COUNT] = {[REDUCE_sum] = TILE_SUM,
                                                  [REDUCE_max] = TILE_LARGEST,
                                                  [REDUCE_min] = TILE_SMALLEST,
                                                  [REDUCE_square_sum] = TILE_SQUARES};
    const tile_class class = (tile_class)r->class;
    const bool total = r->finish == REDUCE_TOTAL, mean = r->finish == REDUCE_MEAN;
    if (r->second == REDUCE_NONE && c->num_results == 1 && combine[r->first] && (total || mean))
        form_reduction(c, mask, class, (tile_combine)combine[r->first], mean ? 1 / (double)MAX(r->count, 1) : 1);
    else if (r->second == REDUCE_deviation) form_variance(c, mask, class, r->parameter, r->finish == REDUCE_DEVIATION);
}

static cot_status prepare_reduce(prepare_call *c) {
    const reduce_info *info = info_of(c->op);
    const cot_dtype in = (cot_dtype)c->operands[0].dtype, out = (cot_dtype)c->results[0].dtype;
    const int dims = op_param(c->op, "dim"), order = op_param(c->op, "ord"), correction = op_param(c->op, "correction");
    const bool to_result = info->rule == RESULT_SUM || info->rule == RESULT_FLOAT || info->rule == RESULT_REAL;
    const arg none = arg_none();
    uint32_t mask;
    reduce_attributes *a = PREPARE_ATTRIBUTES(c, reduce_attributes);
    if (dtype_is_complex(in) || dtype_is_complex(out)) return prepare_no_kernel(c);
    reduce_mask(dims < 0 ? &none : &c->args[dims], c->operands[0].ndim, &mask);
    reduction r = {.first = info->first,
                   .second = info->second,
                   .finish = info->finish,
                   .class = (uint8_t)tile_class_of(to_result ? out : in)};
    if (order >= 0) norm_reduction(&r, arg_as_float(&c->args[order], 2));
    if (correction >= 0) r.parameter = arg_as_float(&c->args[correction], 1);
    a->count = 1;
    a->operand = c->num_results;
    c->scratch_bytes = lay_out(c, &r, 0, mask);
    if (info->results == 2 && info->second != REDUCE_NONE) r.center = 1;
    a->runs[0] = r;
    if (info->results == 2 && info->second == REDUCE_NONE) { /* aminmax: the smallest, then the largest */
        r.first = REDUCE_max;
        lay_out(c, &r, 1, mask);
        a->runs[a->count++] = r;
    }
    offer_form(c, &a->runs[0], mask);
    c->kernel = KERNEL_SELECT(reduce_run);
    return COT_OK;
}

/* The diagonal is a vector whose stride is the sum of both. */
static cot_status shape_trace(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    cot_dtype dtype;
    if (t->ndim != 2) return shape_fail(c, "expected a matrix, but self has %u dimensions", t->ndim);
    TRY(result_dtype(c, RESULT_SUM, (cot_dtype)t->dtype, &dtype));
    return shape_result(c, dtype, NULL, 0);
}

static cot_status prepare_trace(prepare_call *c) {
    const cot_dtype in = (cot_dtype)c->operands[0].dtype, out = (cot_dtype)c->results[0].dtype;
    tensor_desc diagonal = c->operands[0];
    reduce_attributes *a = PREPARE_ATTRIBUTES(c, reduce_attributes);
    if (dtype_is_complex(in)) return prepare_no_kernel(c);
    diagonal.ndim = 1;
    diagonal.numel = diagonal.sizes[0] = MIN(diagonal.sizes[0], diagonal.sizes[1]);
    diagonal.strides[0] += diagonal.strides[1];
    *a = (reduce_attributes){.count = 1, .operand = c->num_results};
    a->runs[0] = (reduction){.first = REDUCE_sum,
                             .second = REDUCE_NONE,
                             .finish = REDUCE_TOTAL,
                             .dtype = (uint8_t)in,
                             .class = (uint8_t)tile_class_of(out)};
    c->scratch_bytes = reduce_layout(&a->runs[0], &diagonal, &c->results[0], 1, c->threads);
    c->kernel = KERNEL_SELECT(reduce_run);
    return COT_OK;
}

/* ---- composites -------------------------------------------------------------------------------------------------- */

/* var, std, var_mean, std_mean with `unbiased`: the same with a correction of 1 or 0. */
static value decompose_unbiased(builder *b, const op *o, const arg *args) {
    const int dims = op_param(o, "dim"), unbiased = op_param(o, "unbiased"), keepdim = op_param(o, "keepdim");
    const arg none = arg_none();
    const int64_t correction = arg_as_bool(&args[unbiased], true);
    char name[32];
    strcpy(name, o->packet);
    strcat(name, ".correction");
    return emit(b, name, "aa,correction=i,keepdim=b", &args[0], dims < 0 ? &none : &args[dims], correction,
                (int)(keepdim >= 0 && arg_as_bool(&args[keepdim], false)));
}

/* Sums the dimensions that broadcasting would have added: leading ones, and those where the size asked for is 1. */
static value decompose_sum_to_size(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const type *t = TYPE_OF(b, self);
    dim size[COT_MAX_DIMS];
    int64_t dims[COT_MAX_DIMS];
    const uint32_t ndim = arg_as_dims(b->graph, &args[1], size, COT_MAX_DIMS);
    uint32_t count = 0;
    UNUSED(o);
    if (ndim > t->ndim) {
        builder_fail(b, COT_SHAPE, "sum_to_size: size has %u dimensions, expected at most %u", ndim, t->ndim);
        return NO_VALUE;
    }
    const uint32_t lead = t->ndim - ndim;
    for (uint32_t d = 0; d < t->ndim; d++)
        if (d < lead || (dim_is_one(size[d - lead]) && !dim_is_one(t->sizes[d]))) dims[count++] = d;
    const value sum = count ? emit(b, "sum.dim_IntList", "vIb", self, dims, count, 1) : self;
    return lead ? emit(b, "view", "vD", sum, size, ndim) : sum;
}

/* linalg_matrix_norm: the orders that need no singular values. */
static value decompose_matrix_norm(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const arg *order = &args[1];
    const double ord = arg_as_float(order, NAN);
    const bool keepdim = arg_as_bool(&args[3], false), largest = ord > 0;
    int64_t dims[COT_MAX_DIMS] = {0};
    const uint32_t count = arg_as_ints(&args[2], dims, COT_MAX_DIMS), ndim = TYPE_OF(b, self)->ndim;
    for (uint32_t i = 0; i < count; i++) dims[i] += dims[i] < 0 ? ndim : 0;
    if (count == 2 && order->kind == ARG_STRING && !strcmp(order->s, "fro"))
        return emit(b, "linalg_vector_norm", "viIb,dtype=a", self, (int64_t)2, dims, 2u, (int)keepdim, &args[4]);
    if (count != 2 || (fabs(ord) != 1 && fabs(ord) != INFINITY)) {
        builder_fail(b, COT_UNSUPPORTED, "%s: expected the order 'fro', 1, -1, inf or -inf over two dimensions",
                     o->packet);
        return NO_VALUE;
    }
    const int64_t summed = fabs(ord) == 1 ? dims[0] : dims[1], kept = fabs(ord) == 1 ? dims[1] : dims[0];
    const int64_t then = keepdim || kept < summed ? kept : kept - 1;
    const value sums =
        emit(b, "linalg_vector_norm", "viIb,dtype=a", self, (int64_t)1, &summed, 1u, (int)keepdim, &args[4]);
    return emit(b, largest ? "amax" : "amin", "vIb", sums, &then, 1u, (int)keepdim);
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

#define INFO(first, second, finish, rule, results)                                                                     \
    &(const reduce_info) { REDUCE_##first, REDUCE_##second, REDUCE_##finish, RESULT_##rule, results }
#define REDUCE(schema_, traits_, info, ...)                                                                            \
    {                                                                                                                  \
        .schema = schema_, .batch = &batch_reduction, .shape = shape_reduce, .prepare = prepare_reduce,                \
        .reference = reduce_reference, .traits = OP_REDUCTION | (traits_), .data = info, __VA_ARGS__                   \
    }
#define COMPOSITE(schema_, expression)                                                                                 \
    { .schema = schema_, .traits = OP_COMPOSITE, .decompose = expression }
#define UNBIASED(schema_, samples_)                                                                                    \
    { .schema = schema_, .traits = OP_COMPOSITE, .decompose_fn = decompose_unbiased, .samples = samples_ }
#define EVENLY                                                                                                         \
    .vjp = "self: a = logical_and(isnan(self), isnan(result)); m = logical_or(eq.Tensor(self, result), a); "           \
           "d = div.Tensor(grad, sum(m)); mul.Tensor(m, d)"
#define VARIANCE(name, finish, results, returns)                                                                       \
    REDUCE(name                                                                                                        \
           ".correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> " returns,   \
           OP_RECOMPUTABLE, INFO(sum, deviation, finish, FLOAT, results), .vjp_fn = vjp_variance,                      \
           .samples = "f32[2, 3], [1]; f32[2, 3, 4], [0, 2], correction=0, keepdim=True; f32[5]"),                     \
        UNBIASED(name "(Tensor self, bool unbiased=True) -> " returns, "f32[2, 3]; f32[5], False"),                    \
        UNBIASED(name ".dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> " returns,            \
                 "f32[2, 3], [1], False, True; f32[5], [0]")

const op_record ops_reduce[] = {
    REDUCE("sum(Tensor self, *, ScalarType? dtype=None) -> Tensor", OP_RECOMPUTABLE, INFO(sum, NONE, TOTAL, SUM, 1),
           .vjp = "self: expand(grad, self.shape)", .samples = "f32[2, 3]; f32[]; i64[4]; b8[4]; f32[0]; f32[3, 1000]"),
    REDUCE("sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
           OP_RECOMPUTABLE, INFO(sum, NONE, TOTAL, SUM, 1), .vjp_fn = vjp_sum,
           .samples = "f32[2, 3], [1]; f32[2, 3, 4], [0, 2], True; f32[2, 3], None; f32[2, 0], [1]; f32[0, 3], [0]; "
                      "f32[70, 300], [0]; i64[2, 3], [-1]; f32[3], [0], dtype=torch.float64"),
    REDUCE("mean(Tensor self, *, ScalarType? dtype=None) -> Tensor", OP_RECOMPUTABLE, INFO(sum, NONE, MEAN, FLOAT, 1),
           .vjp_fn = vjp_mean, .samples = "f32[2, 3]; f32[]"),
    REDUCE("mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
           OP_RECOMPUTABLE, INFO(sum, NONE, MEAN, FLOAT, 1), .vjp_fn = vjp_mean,
           .samples = "f32[2, 3], [1]; f32[2, 3, 4], [-1, -2], True; f32[3], None"),
    REDUCE("nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", 0,
           INFO(nansum, NONE, TOTAL, SUM, 1), .vjp_fn = vjp_nansum,
           .samples = "f32[2, 3]; f32[2, 3], [1]; f32[2, 3], [0], True"),
    COMPOSITE("nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
              "d = detach(self); n = sum.dim_IntList(logical_not(ne.Tensor(d, d)), dim, keepdim); "
              "div.Tensor(nansum(self, dim, keepdim, dtype=dtype), n)"),
    REDUCE("prod(Tensor self, *, ScalarType? dtype=None) -> Tensor", OP_AUTOCAST_F32, INFO(prod, NONE, TOTAL, SUM, 1),
           .vjp_fn = vjp_prod, .samples = "f32[2, 3]; f32[]; i64[4]"),
    REDUCE("prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
           OP_AUTOCAST_F32, INFO(prod, NONE, TOTAL, SUM, 1), .vjp_fn = vjp_prod,
           .samples = "f32[2, 3], 1; f32[2, 3, 2], 0, True; f32[2, 1], 1"),
    REDUCE("amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor", OP_RECOMPUTABLE,
           INFO(max, NONE, TOTAL, SAME, 1), .vjp_fn = vjp_amax,
           .samples = "f32[2, 3], [1]; f32[2, 3]; f32[2, 3, 4], [0, 1], True; i64[4], [0]"),
    REDUCE("amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor", OP_RECOMPUTABLE,
           INFO(min, NONE, TOTAL, SAME, 1), .vjp_fn = vjp_amax,
           .samples = "f32[2, 3], [1]; f32[2, 3]; f32[2, 3, 4], [0, 1], True; i64[4], [0]"),
    REDUCE("max(Tensor self) -> Tensor", OP_RECOMPUTABLE, INFO(max, NONE, TOTAL, SAME, 1), EVENLY,
           .samples = "f32[2, 3]; i64[4]"),
    REDUCE("min(Tensor self) -> Tensor", OP_RECOMPUTABLE, INFO(min, NONE, TOTAL, SAME, 1), EVENLY,
           .samples = "f32[2, 3]; i64[4]"),
    REDUCE("aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)", 0,
           INFO(min, NONE, TOTAL, SAME, 2), .vjp_fn = vjp_aminmax,
           .samples = "f32[2, 3]; f32[2, 3], dim=1; f32[2, 3], dim=0, keepdim=True"),
    REDUCE("any(Tensor self) -> Tensor", OP_RECOMPUTABLE | OP_NO_HISTORY, INFO(any, NONE, TOTAL, BOOL, 1),
           .samples = "b8[2, 3]; f32[3]; b8[0]"),
    REDUCE("any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", OP_RECOMPUTABLE | OP_NO_HISTORY,
           INFO(any, NONE, TOTAL, BOOL, 1), .samples = "b8[2, 3], 1; f32[2, 3], 0, True; u8[3], 0"),
    REDUCE("any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor", OP_RECOMPUTABLE | OP_NO_HISTORY,
           INFO(any, NONE, TOTAL, BOOL, 1), .samples = "b8[2, 3], [0, 1]"),
    REDUCE("all(Tensor self) -> Tensor", OP_NO_HISTORY, INFO(all, NONE, TOTAL, BOOL, 1),
           .samples = "b8[2, 3]; f32[3]; b8[0]"),
    REDUCE("all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", OP_NO_HISTORY,
           INFO(all, NONE, TOTAL, BOOL, 1), .samples = "b8[2, 3], 1; f32[2, 3], 0, True"),
    REDUCE("all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor", OP_NO_HISTORY,
           INFO(all, NONE, TOTAL, BOOL, 1), .samples = "b8[2, 3], [0, 1]"),
    REDUCE("count_nonzero(Tensor self, int? dim=None) -> Tensor", OP_NO_HISTORY, INFO(count, NONE, TOTAL, INDEX, 1),
           .samples = "f32[2, 3]; i64[2, 3], 1"),
    REDUCE("count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor", OP_NO_HISTORY,
           INFO(count, NONE, TOTAL, INDEX, 1), .samples = "f32[2, 3], [0, 1]"),
    VARIANCE("var", VARIANCE, 1, "Tensor"),
    VARIANCE("std", DEVIATION, 1, "Tensor"),
    VARIANCE("var_mean", VARIANCE, 2, "(Tensor, Tensor)"),
    VARIANCE("std_mean", DEVIATION, 2, "(Tensor, Tensor)"),
    REDUCE("linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? "
           "dtype=None) -> Tensor",
           0, INFO(square_sum, NONE, SQRT, REAL, 1), .vjp_fn = vjp_vector_norm,
           .samples =
               "f32[2, 3]; f32[2, 3], 1, [1]; f32[2, 3], 3, [0], True; f32[2, 3], inf, [1]; f32[3], 0; f32[2, 3], 1.5; "
               "f32[2, 3], -inf, [1]; f32[2, 3], 0.5, [1]"),
    COMPOSITE("norm.Scalar(Tensor self, Scalar p=2) -> Tensor", "linalg_vector_norm(self, p)"),
    COMPOSITE("norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor",
              "linalg_vector_norm(self, p, dim, keepdim)"),
    COMPOSITE("norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor",
              "linalg_vector_norm(self, p, dtype=dtype)"),
    COMPOSITE(
        "norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor",
        "linalg_vector_norm(self, p, dim, keepdim, dtype=dtype)"),
    COMPOSITE("frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor",
              "linalg_vector_norm(self, 2, dim, keepdim)"),
    {.schema = "linalg_matrix_norm(Tensor self, Scalar ord, int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? "
               "dtype=None) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_matrix_norm,
     .samples = "f32[2, 3], 1; f32[2, 3], inf"},
    {.schema = "linalg_matrix_norm.str_ord(Tensor self, str ord='fro', int[] dim=[-2,-1], bool keepdim=False, *, "
               "ScalarType? dtype=None) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_matrix_norm,
     .samples = "f32[2, 3]"},
    COMPOSITE("dist(Tensor self, Tensor other, Scalar p=2) -> Tensor",
              "linalg_vector_norm(sub.Tensor(self, other), p)"),
    REDUCE("logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor", 0, INFO(max, exp_sum, LOG, REAL, 1),
           .vjp_fn = vjp_logsumexp, .samples = "f32[2, 3], [1]; f32[2, 3, 4], [0, 2], True; i64[4], [0]"),
    COMPOSITE("special_logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor",
              "logsumexp(self, dim, keepdim)"),
    {.schema = "trace(Tensor self) -> Tensor",
     .batch = &batch_matrix,
     .shape = shape_trace,
     .prepare = prepare_trace,
     .reference = reduce_reference,
     .traits = OP_REDUCTION | OP_AUTOCAST_F32,
     .vjp_fn = vjp_trace,
     .samples = "f32[3, 4]; f32[4, 2]; i64[2, 2]; f32[0, 2]"},
    {.schema = "sum_to_size(Tensor self, SymInt[] size) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_sum_to_size,
     .samples = "f32[2, 3], [1, 3]; f32[2, 3], [3]"},
};
const uint32_t ops_reduce_count = COUNT_OF(ops_reduce);
