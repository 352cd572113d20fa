/* SPDX-License-Identifier: MIT
 * lines.c — operators along one dimension: cumulative sums and products, sorting, top k, median, mode, and the maximum
 * or minimum with its index. */
#include "ops/reduce.h"
#include "ops/batch.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/lines.h"
#include "ops/pointwise.h"

#include <string.h>

KERNEL_DECLARE(kernel_fn, lines_run);

typedef enum lines_shape {
    SHAPE_SCAN,   /* the operand's sizes */
    SHAPE_SELECT, /* without the dimension, or with 1 */
    SHAPE_WHOLE,  /* 0-dim: the operand is one line */
    SHAPE_ORDER,  /* the operand's sizes and layout */
    SHAPE_TOP,    /* k along the dimension */
} lines_shape;

typedef struct lines_info {
    uint8_t code, shape;
    bool values, indices;
    bool sums; /* integers and bool become i64; `dtype` overrides */
} lines_info;

static const lines_info *info_of(const op *o) { return o->record->data; }

static const arg *named(const op *o, const arg *args, const char *name) {
    static const arg none = {.kind = ARG_NONE};
    const int at = op_param(o, name);
    return at < 0 ? &none : &args[at];
}

/* ---- shape ------------------------------------------------------------------------------------------------------- */

static cot_status result_of(shape_call *c, const lines_info *info, cot_dtype dtype, const type *like) {
    type parts[2];
    uint32_t count = 0;
    if (info->values) parts[count++] = (type){.dtype = dtype};
    if (info->indices) parts[count++] = (type){.dtype = COT_I64};
    for (uint32_t i = 0; i < count; i++)
        parts[i] = type_strided(c->arena, (cot_dtype)parts[i].dtype, like->sizes, like->strides, like->ndim, 0);
    c->result = count == 2 ? type_tuple(c->arena, parts, 2) : parts[0];
    return COT_OK;
}

static cot_status shape_lines(shape_call *c) {
    const lines_info *info = info_of(c->op);
    const type *t = shape_tensor(c, 0);
    const bool whole = info->shape == SHAPE_WHOLE || arg_is_none(named(c->op, c->args, "dim"));
    const arg *dtype = named(c->op, c->args, "dtype");
    const bool keepdim = arg_as_bool(named(c->op, c->args, "keepdim"), false);
    const cot_dtype sum = dtype->kind == ARG_DTYPE                                         ? (cot_dtype)dtype->i
                          : dtype_is_integral((cot_dtype)t->dtype) || t->dtype == COT_BOOL ? COT_I64
                                                                                           : (cot_dtype)t->dtype;
    dim sizes[COT_MAX_DIMS];
    uint32_t d = 0, ndim = t->ndim;
    if (!whole) TRY(shape_wrap(c, arg_as_int(named(c->op, c->args, "dim"), 0), t->ndim, &d));
    memcpy(sizes, t->sizes, t->ndim * sizeof *sizes);
    const bool selects = info->shape == SHAPE_SELECT || info->shape == SHAPE_WHOLE;
    if (selects && (whole ? type_numel(c->syms, t) == 0 : t->ndim && t->sizes[d] == 0))
        return shape_fail(c, "expected a dimension with elements: there is nothing to select");
    if (selects) ndim = reduce_sizes(t, whole ? (1u << t->ndim) - 1 : t->ndim ? 1u << d : 0, keepdim, sizes);
    if (info->shape == SHAPE_TOP && t->ndim) {
        const dim k = arg_as_dim(c->graph, named(c->op, c->args, "k"));
        if (dim_is_static(k) && dim_is_static(sizes[d]) && k > sizes[d])
            return shape_fail(c, "selected index k out of range: %lld of a dimension of size %lld", (long long)k,
                              (long long)sizes[d]);
        sizes[d] = k;
    }
    if (info->shape == SHAPE_ORDER) TRY(shape_result_like(c, (cot_dtype)t->dtype, t));
    else TRY(shape_result(c, (cot_dtype)t->dtype, sizes, ndim));
    const type like = c->result;
    return result_of(c, info, info->sums ? sum : (cot_dtype)t->dtype, &like);
}

/* ---- plan time --------------------------------------------------------------------------------------------------- */

static cot_status prepare_lines(prepare_call *c) {
    const lines_info *info = info_of(c->op);
    const arg *dims = named(c->op, c->args, "dim"), *k = named(c->op, c->args, "k");
    const bool whole = info->shape == SHAPE_WHOLE || arg_is_none(dims);
    tensor_desc tensors[3];
    lines_attributes *a = PREPARE_ATTRIBUTES(c, lines_attributes);
    if (dtype_is_complex((cot_dtype)c->operands[0].dtype) || dtype_is_complex((cot_dtype)c->results[0].dtype))
        return prepare_no_kernel(c);
    for (uint32_t i = 0; i < c->num_results; i++) tensors[i] = c->results[i];
    tensors[c->num_results] = c->operands[0];
    if (whole) { /* one line, in row-major order */
        tensor_desc *flat = &tensors[c->num_results];
        c->contiguous = 1;
        flat->ndim = 1;
        flat->sizes[0] = flat->numel;
        flat->strides[0] = 1;
        tensors[0].ndim = 0;
    }
    a->code = info->code;
    a->operand = c->num_results;
    a->values = info->values ? 0 : -1;
    a->indices = info->indices ? (info->values ? 1 : 0) : -1;
    a->class = (uint8_t)tile_class_of(info->sums ? (cot_dtype)c->results[0].dtype : (cot_dtype)c->operands[0].dtype);
    a->descending = info->shape == SHAPE_TOP ? arg_as_bool(named(c->op, c->args, "largest"), true)
                                             : arg_as_bool(named(c->op, c->args, "descending"), false);
    const uint32_t d = whole ? 0 : reduce_dim(dims, c->operands[0].ndim);
    c->scratch_bytes = lines_layout(a, tensors, d, c->threads);
    a->k = info->shape == SHAPE_TOP  ? MIN(arg_as_int(k, 1), a->length)
           : info->code == LINES_KTH ? arg_as_int(k, 1)
                                     : a->length;
    if (info->code == LINES_KTH && (a->k < 1 || a->k > a->length))
        return graph_fail(c->graph, c->node, c->error, COT_SHAPE,
                          "kthvalue: selected number k out of range for dimension %u", d);
    c->kernel = KERNEL_SELECT(lines_run);
    return COT_OK;
}

/* ---- derivatives of scans ---------------------------------------------------------------------------------------- */

static bool trivial(vjp_call *c) {
    const type *t = TYPE_OF(c->b, vjp_tensor(c, 0));
    return t->ndim == 0 || dim_is_one(t->sizes[reduce_dim(&c->args[1], t->ndim)]);
}

static cot_status vjp_cumsum(vjp_call *c) {
    vjp_set(c, 0, trivial(c) ? c->grads[0] : vjp_line(c, "flip(cumsum(flip(grad, [dim]), dim), [dim])"));
    return c->b->status;
}

/* Before the first zero of a line: the reversed sum of grad · result, divided by the element. At the first zero: the
 * products of the elements on both sides. Behind it: 0. */
static cot_status vjp_cumprod(vjp_call *c) {
    if (trivial(c)) {
        vjp_set(c, 0, c->grads[0]);
        return COT_OK;
    }
    vjp_set(
        c, 0,
        vjp_line(c,
                 "w = mul.Tensor(result, grad); z = eq.Scalar(self, 0); n = new_zeros(grad, self.shape); s = cumsum(z, "
                 "dim); "
                 "h = eq.Scalar(s, 0); f = masked_fill.Scalar(w, bitwise_not(h), 0.0); r = flip(cumsum(flip(f, [dim]), "
                 "dim), [dim]); "
                 "a = where.self(h, div.Tensor(r, self), n); t = eq.Scalar(s, 1); i = max.dim(t, dim, True)[1]; "
                 "m = logical_and(t, z); b = bitwise_and.Tensor(t, bitwise_not(m)); "
                 "p = cumprod(masked_fill.Scalar(self, bitwise_not(b), 1.0), dim); "
                 "g = masked_fill.Scalar(grad, ne.Scalar(s, 1), 0.0); k = gather(result, dim, relu(sub.Scalar(i, 1))); "
                 "d = masked_fill.Scalar(k, eq.Scalar(i, 0), 1.0); v = sum.dim_IntList(mul.Tensor(p, g), [dim], True); "
                 "where.self(m, mul.Tensor(v, d), a)"));
    return c->b->status;
}

/* In logarithms, positive and negative gradients apart. */
/* Positive and negative gradients apart, as logarithms; where there is none, the lowest number: -inf less -inf would be
 * no number in the second derivative. */
static cot_status vjp_logcumsumexp(vjp_call *c) {
    const cot_dtype dtype = (cot_dtype)TYPE_OF(c->b, vjp_tensor(c, 0))->dtype;
    const char *lowest = dtype == COT_F64   ? "-1.7976931348623157e+308"
                         : dtype == COT_F16 ? "-65504.0"
                         : dtype == COT_F32 ? "-3.4028234663852886e+38"
                                            : "-3.3895313892515355e+38";
    vjp_set(c, 0,
            vjp_line(c, arena_printf(c->b->graph->arena,
                                     "l = log(abs(grad)); p = where(gt.Scalar(grad, 0), l, %s); "
                                     "q = where(lt.Scalar(grad, 0), l, %s); "
                                     "u = flip(logcumsumexp(flip(sub.Tensor(p, result), [dim]), dim), [dim]); "
                                     "e = exp(add.Tensor(u, self)); "
                                     "v = flip(logcumsumexp(flip(sub.Tensor(q, result), [dim]), dim), [dim]); "
                                     "sub.Tensor(e, exp(add.Tensor(v, self)))",
                                     lowest, lowest)));
    return c->b->status;
}

static cot_status vjp_cumulative_extremum(vjp_call *c) {
    const type *self = TYPE_OF(c->b, vjp_tensor(c, 0));
    if (c->grads[0] == NO_VALUE) return COT_OK;
    vjp_set(c, 0,
            emit(c->b, "scatter_add", "vavv", reduce_new_zeros(c->b, c->grads[0], self), &c->args[1], vjp_result(c, 1),
                 c->grads[0]));
    return c->b->status;
}

/* ---- composites -------------------------------------------------------------------------------------------------- */

/* Differences of neighbours, n times; prepend and append are joined on first. */
static value decompose_diff(builder *b, const op *o, const arg *args) {
    value x = arg_as_value(&args[0]);
    const int64_t times = arg_as_int(&args[1], 1), d = arg_as_int(&args[2], -1);
    value parts[3];
    uint32_t count = 0;
    UNUSED(o);
    if (!arg_is_none(&args[3])) parts[count++] = args[3].value;
    parts[count++] = x;
    if (!arg_is_none(&args[4])) parts[count++] = args[4].value;
    if (count > 1) x = emit(b, "cat", "Vi", parts, count, d);
    for (int64_t i = 0; i < times && b->status == COT_OK; i++) {
        const type *t = TYPE_OF(b, x);
        const dim n = t->sizes[reduce_dim(&args[2], t->ndim)];
        const bool boolean = t->dtype == COT_BOOL;
        const value last = emit(b, "slice.Tensor", "viid", x, d, (int64_t)0,
                                dim_max(b->graph->ctx->syms, dim_sub(b->graph->ctx->syms, n, 1), 0));
        const value first = emit(b, "slice.Tensor", "viid", x, d, (int64_t)1, n);
        x = emit(b, boolean ? "logical_xor" : "sub.Tensor", "vv", first, last);
    }
    return x;
}

static value decompose_select_backward(builder *b, const op *o, const arg *args) {
    value grad = arg_as_value(&args[0]), indices = arg_as_value(&args[2]);
    const int64_t d = arg_as_int(&args[1], 0);
    dim sizes[COT_MAX_DIMS];
    const uint32_t ndim = arg_as_dims(b->graph, &args[3], sizes, COT_MAX_DIMS);
    UNUSED(o);
    if (!arg_as_bool(&args[4], false) && ndim > 0) {
        grad = emit(b, "unsqueeze", "vi", grad, d);
        indices = emit(b, "unsqueeze", "vi", indices, d);
    }
    return emit(b, "scatter.src", "vivv", emit(b, "new_zeros", "vD", grad, sizes, ndim), d, indices, grad);
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

#define LINES(schema_, traits_, code, shape_, values, indices, sums, ...)                                              \
    {                                                                                                                  \
        .schema = schema_, .batch = &batch_reduction, .shape = shape_lines, .prepare = prepare_lines,                  \
        .reference = lines_reference, .traits = traits_,                                                               \
        .data = &(const lines_info){LINES_##code, SHAPE_##shape_, values, indices, sums}, __VA_ARGS__                  \
    }
#define COMPOSITE(schema_, expression)                                                                                 \
    { .schema = schema_, .traits = OP_COMPOSITE, .decompose = expression }
#define EVENLY                                                                                                         \
    .vjp = "self: a = logical_and(isnan(self), isnan(result)); m = logical_or(eq.Tensor(self, result), a); "           \
           "d = div.Tensor(grad, sum(m)); mul.Tensor(m, d)"
#define SELECTION(name, code)                                                                                          \
    LINES(name ".dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", OP_REDUCTION,      \
          code, SELECT, true, true, false, .vjp_fn = vjp_select,                                                       \
          .samples = "f32[2, 3], 1; f32[2, 5, 3], 1, True; f32[], 0; i64[4], -1")

const op_record ops_lines[] = {
    LINES("cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", OP_HAS_INPLACE, CUMSUM, SCAN, true,
          false, true, .vjp_fn = vjp_cumsum,
          .samples = "f32[2, 3], 1; f32[3, 2], 0; f32[], 0; i64[4], 0; b8[3], 0; f32[2, 0], 1"),
    LINES("cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", OP_HAS_INPLACE, CUMPROD, SCAN, true,
          false, true, .vjp_fn = vjp_cumprod, .samples = "f32[2, 3], 1; f32[3, 2], 0; f32[], 0; i64[4], 0"),
    LINES("logcumsumexp(Tensor self, int dim) -> Tensor", 0, LOGCUMSUMEXP, SCAN, true, false, false,
          .vjp_fn = vjp_logcumsumexp, .samples = "f32[2, 3], 1; f32[3, 2], 0"),
    LINES("cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)", 0, CUMMAX, SCAN, true, true, false,
          .vjp_fn = vjp_cumulative_extremum, .samples = "f32[2, 3], 1; f32[3, 2], 0; i64[4], 0"),
    LINES("cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)", 0, CUMMIN, SCAN, true, true, false,
          .vjp_fn = vjp_cumulative_extremum, .samples = "f32[2, 3], 1; f32[3, 2], 0; i64[4], 0"),
    SELECTION("max", MAX),
    SELECTION("min", MIN),
    SELECTION("median", MEDIAN),
    SELECTION("nanmedian", NANMEDIAN),
    LINES("median(Tensor self) -> Tensor", OP_REDUCTION, MEDIAN, WHOLE, true, false, false, EVENLY,
          .samples = "f32[2, 3]; f32[]"),
    LINES("nanmedian(Tensor self) -> Tensor", OP_REDUCTION, NANMEDIAN, WHOLE, true, false, false, EVENLY,
          .samples = "f32[2, 3]; f32[]"),
    LINES("argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor",
          OP_REDUCTION | OP_NO_HISTORY | OP_RECOMPUTABLE, MAX, SELECT, false, true, false,
          .samples = "f32[2, 3]; f32[2, 3], 1; f32[2, 3, 2], 0, True; f32[]"),
    LINES("argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", OP_REDUCTION | OP_NO_HISTORY, MIN, SELECT,
          false, true, false, .samples = "f32[2, 3]; f32[2, 3], 1; f32[2, 3, 2], 0, True; f32[]"),
    LINES("mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)", OP_REDUCTION, MODE,
          SELECT, true, true, false, .vjp_fn = vjp_select, .samples = "f32[2, 3]; i64[2, 5], 1, True"),
    LINES("kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)",
          OP_REDUCTION, KTH, SELECT, true, true, false, .vjp_fn = vjp_select,
          .samples = "f32[2, 3], 2; f32[4, 3], 1, 0, True"),
    LINES("sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)", 0, SORT, ORDER,
          true, true, false, .vjp_fn = vjp_select_keep, .samples = "f32[2, 3]; f32[5, 2], 0, True; i64[40]; f32[]"),
    LINES("sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor "
          "indices)",
          0, SORT, ORDER, true, true, false, .vjp_fn = vjp_select_keep,
          .samples = "f32[2, 3], stable=True; f32[5, 2], stable=True, dim=0, descending=True"),
    LINES("topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor "
          "indices)",
          0, TOPK, TOP, true, true, false, .vjp_fn = vjp_select_keep,
          .samples = "f32[2, 3], 2; f32[40, 2], 2, 0, False; i64[40], 3"),
    COMPOSITE("argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor", "sort(self, dim, descending)[1]"),
    COMPOSITE("argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor",
              "sort.stable(self, stable=stable, dim=dim, descending=descending)[1]"),
    COMPOSITE("msort(Tensor self) -> Tensor", "sort(self, 0, False)[0]"),
    {.schema = "diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_diff,
     .samples = "f32[2, 5]; f32[4, 2], 2, 0"},
    {.schema =
         "value_selecting_reduction_backward(Tensor grad, int dim, Tensor indices, SymInt[] sizes, bool keepdim) -> "
         "Tensor",
     .traits = OP_COMPOSITE,
     .decompose_fn = decompose_select_backward},
};
const uint32_t ops_lines_count = COUNT_OF(ops_lines);
