/* SPDX-License-Identifier: MIT
 * shape.c — what shape rules are written with: broadcasting, type promotion and the strides of fresh results.
 *
 * Strides are PyTorch's own to the last one, because programs see them: `view` accepts or refuses by them, and text
 * prints them. Element-wise results follow TensorIterator: the order of dimensions is that of the operands. */
#include "ops/shape.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

static const type no_type = {0};

const type *shape_tensor(const shape_call *c, uint32_t i) {
    const arg *a = &c->args[i];
    return a->kind == ARG_VALUE ? graph_type(c->graph, a->value) : &no_type;
}

const type *shape_item(const shape_call *c, uint32_t i, uint32_t item) {
    const arg *a = &c->args[i];
    if ((a->kind != ARG_LIST && a->kind != ARG_TUPLE) || item >= a->count || a->list[item].kind != ARG_VALUE)
        return &no_type;
    return graph_type(c->graph, a->list[item].value);
}

cot_status shape_fail(shape_call *c, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return fail(c->error, COT_SHAPE, "%s: %s", c->op->packet, text);
}

cot_status shape_wrap(shape_call *c, int64_t d, uint32_t ndim, uint32_t *out) {
    int64_t n = MAX(ndim, 1);
    if (d < -n || d >= n)
        return shape_fail(c, "dimension %lld is out of range: expected one in [%lld, %lld]", (long long)d,
                          (long long)-n, (long long)n - 1);
    *out = (uint32_t)(d < 0 ? d + n : d);
    return COT_OK;
}

/* ---- broadcasting ----------------------------------------------------------------------------------------------- */

static void print_sizes(const shape_call *c, const dim *sizes, uint32_t n, char *out, size_t bytes) {
    text t = {.arena = c->arena};
    text_add(&t, "[");
    for (uint32_t i = 0; i < n; i++) {
        if (i) text_add(&t, ", ");
        dim_print(c->syms, sizes[i], &t);
    }
    text_add(&t, "]");
    snprintf(out, bytes, "%s", t.data);
}

cot_status shape_broadcast(shape_call *c, dim *sizes, uint32_t *ndim, const dim *other, uint32_t other_ndim) {
    uint32_t n = MAX(*ndim, other_ndim);
    dim out[COT_MAX_DIMS];
    if (n > COT_MAX_DIMS) return shape_fail(c, "the result has %u dimensions, expected at most %d", n, COT_MAX_DIMS);
    for (uint32_t i = 0; i < n; i++) {
        dim a = i + *ndim < n ? 1 : sizes[i + *ndim - n];
        dim b = i + other_ndim < n ? 1 : other[i + other_ndim - n];
        if (dim_equal(a, b) || dim_is_one(b)) out[i] = a;
        else if (dim_is_one(a)) out[i] = b;
        else if (dim_is_static(a) != dim_is_static(b))
            out[i] = dim_is_static(a) ? a : b; /* equal at run time, or refused there */
        else if (!dim_is_static(a)) out[i] = a;
        else {
            char left[128], right[128];
            print_sizes(c, sizes, *ndim, left, sizeof left);
            print_sizes(c, other, other_ndim, right, sizeof right);
            return shape_fail(c, "sizes %s and %s do not broadcast: %lld and %lld at dimension %u", left, right,
                              (long long)a, (long long)b, i);
        }
    }
    memcpy(sizes, out, n * sizeof *out);
    *ndim = n;
    return COT_OK;
}

/* ---- strides ---------------------------------------------------------------------------------------------------- */

static void contiguous_strides(const shape_call *c, const dim *sizes, uint32_t ndim, dim *strides) {
    dim next = 1;
    for (uint32_t i = ndim; i-- > 0;) {
        strides[i] = next;
        if (sizes[i] != 0) next = dim_mul(c->syms, next, sizes[i]);
    }
}

/* -1, 0, 1: how two strides or sizes compare. Symbolic ones are large; multiples are larger than what they divide. */
static int compare(const shape_call *c, dim a, dim b) {
    if (dim_equal(a, b)) return 0;
    if (dim_is_static(a) && dim_is_static(b)) return a < b ? -1 : 1;
    if (dim_is_static(a) != dim_is_static(b)) return dim_is_static(a) ? -1 : 1;
    if (dim_equal(dim_mul(c->syms, dim_floordiv(c->syms, b, a), a), b)) return -1;
    if (dim_equal(dim_mul(c->syms, dim_floordiv(c->syms, a, b), b), a)) return 1;
    return 0;
}

/* Stride of an operand at dimension d of the result, 0 where it is broadcast. */
static dim broadcast_stride(const type *t, const dim *sizes, uint32_t ndim, uint32_t d) {
    uint32_t lead = ndim - t->ndim;
    if (d < lead) return 0;
    return dim_is_one(t->sizes[d - lead]) && !dim_is_one(sizes[d]) ? 0 : t->strides[d - lead];
}

/* Should dimension p be outside of q (1), inside (-1), or can none of the operands tell (0)? */
static int order(const shape_call *c, const dim *sizes, uint32_t ndim, const type *const *operands, uint32_t count,
                 uint32_t p, uint32_t q) {
    for (uint32_t k = 0; k < count; k++) {
        if (operands[k]->kind != TYPE_TENSOR || operands[k]->ndim > ndim) continue;
        dim sp = broadcast_stride(operands[k], sizes, ndim, p), sq = broadcast_stride(operands[k], sizes, ndim, q);
        if (sp == 0 || sq == 0) continue;
        int r = compare(c, sp, sq);
        if (r) return r;
        if (compare(c, sizes[p], sizes[q]) > 0) return 1;
    }
    return 0;
}

static bool same(const dim *a, const dim *b, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (!dim_equal(a[i], b[i])) return false;
    return true;
}

/* Do the elements lie without gaps or overlaps, in whatever order of dimensions? */
static bool is_dense(const shape_call *c, const type *t) {
    bool used[COT_MAX_DIMS] = {0};
    dim expected = 1;
    for (uint32_t k = 0; k < t->ndim; k++) {
        if (t->sizes[k] == 0) return true;
        used[k] = dim_is_one(t->sizes[k]);
    }
    for (uint32_t k = 0; k < t->ndim; k++) {
        uint32_t i = 0;
        while (i < t->ndim && (used[i] || !dim_equal(t->strides[i], expected))) i++;
        if (i == t->ndim) break;
        used[i] = true;
        expected = dim_mul(c->syms, expected, t->sizes[i]);
    }
    for (uint32_t k = 0; k < t->ndim; k++)
        if (!used[k]) return false;
    return true;
}

/* TensorIterator's short cuts: operands of one size that lie alike keep their layout as it is. */
static bool shared_layout(const shape_call *c, const dim *sizes, uint32_t ndim, const type *const *operands,
                          uint32_t count, dim *strides) {
    const type *first = NULL;
    bool contiguous = true, alike = true;
    for (uint32_t k = 0; k < count; k++) {
        const type *t = operands[k];
        if (t->kind != TYPE_TENSOR) continue;
        if (t->ndim != ndim || !same(t->sizes, sizes, ndim)) return false;
        contiguous &= type_is_contiguous(t, c->syms);
        alike &= is_dense(c, t) && (!first || same(first->strides, t->strides, ndim));
        first = t;
    }
    if (!first || (!contiguous && !alike)) return false;
    if (contiguous) contiguous_strides(c, sizes, ndim, strides);
    else memcpy(strides, first->strides, ndim * sizeof *strides);
    return true;
}

/* Orders dimensions from the innermost out (perm[0] moves fastest) by the operands' strides: an insertion sort, as
 * ambiguous pairs make the relation partial and PyTorch's result depends on the order of comparisons. */
static void order_dimensions(const shape_call *c, const dim *sizes, uint32_t ndim, const type *const *operands,
                             uint32_t count, uint32_t *perm) {
    for (uint32_t i = 0; i < ndim; i++) perm[i] = ndim - 1 - i;
    for (uint32_t i = 1; i < ndim; i++) {
        uint32_t moving = i;
        for (uint32_t k = i; k-- > 0;) {
            int r = order(c, sizes, ndim, operands, count, perm[k], perm[moving]);
            if (r < 0) break;
            if (r == 0) continue;
            uint32_t swap = perm[k];
            perm[k] = perm[moving];
            perm[moving] = swap;
            moving = k;
        }
    }
}

void shape_iterator_strides(const shape_call *c, const dim *sizes, uint32_t ndim, const type *const *operands,
                            uint32_t count, dim *strides) {
    uint32_t perm[COT_MAX_DIMS];
    bool row_major = true;
    if (shared_layout(c, sizes, ndim, operands, count, strides)) return;
    order_dimensions(c, sizes, ndim, operands, count, perm);
    for (uint32_t i = 0; i < ndim; i++) row_major &= perm[i] == ndim - 1 - i;
    if (row_major) {
        contiguous_strides(c, sizes, ndim, strides);
        return;
    }
    dim next = 1;
    for (uint32_t i = 0; i < ndim; i++) {
        strides[perm[i]] = next;
        next = dim_mul(c->syms, next, sizes[perm[i]]);
    }
}

void shape_format_strides(const shape_call *c, const char *format, const dim *sizes, uint32_t ndim, dim *strides) {
    static const uint8_t last_2d[] = {1, 3, 2, 0}, last_3d[] = {1, 4, 3, 2, 0};
    const uint8_t *inner_first = NULL;
    if (format && !strcmp(format, "channels_last") && ndim == 4) inner_first = last_2d;
    if (format && !strcmp(format, "channels_last_3d") && ndim == 5) inner_first = last_3d;
    if (!inner_first) {
        contiguous_strides(c, sizes, ndim, strides);
        return;
    }
    dim next = 1;
    for (uint32_t i = 0; i < ndim; i++) {
        strides[inner_first[i]] = next;
        if (sizes[inner_first[i]] != 0) next = dim_mul(c->syms, next, sizes[inner_first[i]]);
    }
}

/* ---- results ---------------------------------------------------------------------------------------------------- */

cot_status shape_result(shape_call *c, cot_dtype dtype, const dim *sizes, uint32_t ndim) {
    if (ndim > COT_MAX_DIMS)
        return shape_fail(c, "the result has %u dimensions, expected at most %d", ndim, COT_MAX_DIMS);
    c->result = type_tensor(c->arena, c->syms, dtype, sizes, ndim);
    return COT_OK;
}

cot_status shape_result_like(shape_call *c, cot_dtype dtype, const type *t) {
    dim strides[COT_MAX_DIMS];
    if (t->ndim && is_dense(c, t)) memcpy(strides, t->strides, t->ndim * sizeof *strides);
    else shape_iterator_strides(c, t->sizes, t->ndim, &t, 1, strides);
    c->result = type_strided(c->arena, dtype, t->sizes, strides, t->ndim, 0);
    return COT_OK;
}

cot_status shape_result_format(shape_call *c, cot_dtype dtype, const type *t, const char *format) {
    dim strides[COT_MAX_DIMS];
    if (!format || !strcmp(format, "preserve_format")) return shape_result_like(c, dtype, t);
    if (!strcmp(format, "channels_last") && t->ndim != 4)
        return shape_fail(c, "required rank 4 tensor to use channels_last format");
    if (!strcmp(format, "channels_last_3d") && t->ndim != 5)
        return shape_fail(c, "required rank 5 tensor to use channels_last_3d format");
    shape_format_strides(c, format, t->sizes, t->ndim, strides);
    c->result = type_strided(c->arena, dtype, t->sizes, strides, t->ndim, 0);
    return COT_OK;
}

cot_status shape_view(shape_call *c, const dim *sizes, const dim *strides, uint32_t ndim, dim offset) {
    if (ndim > COT_MAX_DIMS)
        return shape_fail(c, "the result has %u dimensions, expected at most %d", ndim, COT_MAX_DIMS);
    c->result = type_strided(c->arena, shape_tensor(c, 0)->dtype, sizes, strides, ndim, offset);
    return COT_OK;
}

/* ---- type promotion --------------------------------------------------------------------------------------------- */

enum { NOTHING = -1 };

static int promote(int a, int b) {
    if (a == NOTHING) return b;
    return b == NOTHING ? a : (int)dtype_promote((cot_dtype)a, (cot_dtype)b);
}

/* A lower category (0-dim tensors below others, numbers below both) counts only where it is of a higher kind. */
static int combine(int higher, int lower) {
    if (higher == NOTHING || lower == NOTHING) return promote(higher, lower);
    if (dtype_is_complex((cot_dtype)higher)) return higher;
    if (dtype_is_float((cot_dtype)higher)) {
        if (!dtype_is_complex((cot_dtype)lower)) return higher;
        return higher == COT_F64 ? COT_C128 : COT_C64;
    }
    bool lifts = higher == COT_BOOL || dtype_is_float((cot_dtype)lower) || dtype_is_complex((cot_dtype)lower);
    return lifts ? promote(higher, lower) : higher;
}

static int number_dtype(const shape_call *c, const arg *a) {
    uint8_t kind = a->kind == ARG_VALUE ? graph_type(c->graph, a->value)->kind : TYPE_NONE;
    if (a->kind == ARG_BOOL || kind == TYPE_BOOL) return COT_BOOL;
    if (a->kind == ARG_INT || kind == TYPE_INT) return COT_I64;
    if (a->kind == ARG_FLOAT || kind == TYPE_FLOAT) return COT_F32;
    return a->kind == ARG_COMPLEX ? COT_C64 : NOTHING;
}

typedef struct categories {
    int tensors, scalars, numbers; /* with dimensions, without, and Python's */
} categories;

static void categorise(const shape_call *c, const arg *a, categories *k) {
    if (a->kind == ARG_LIST || a->kind == ARG_TUPLE) {
        for (uint32_t i = 0; i < a->count; i++) categorise(c, &a->list[i], k);
        return;
    }
    const type *t = a->kind == ARG_VALUE ? graph_type(c->graph, a->value) : &no_type;
    if (t->kind != TYPE_TENSOR) k->numbers = promote(k->numbers, number_dtype(c, a));
    else if (t->ndim) k->tensors = promote(k->tensors, t->dtype);
    else k->scalars = promote(k->scalars, t->dtype);
}

cot_dtype shape_promote(const shape_call *c, const uint32_t *params, uint32_t count) {
    categories k = {NOTHING, NOTHING, NOTHING};
    for (uint32_t i = 0; i < count; i++) categorise(c, &c->args[params[i]], &k);
    int r = combine(k.tensors, combine(k.scalars, k.numbers));
    return r == NOTHING ? COT_F32 : (cot_dtype)r;
}

dim shape_measured(shape_call *c, const char *stem, uint32_t part, uint32_t d) {
    const type *t = c->graph->expected;
    if (t && t->kind == TYPE_TUPLE) t = part < t->count ? &t->parts[part] : NULL;
    if (t && t->kind == TYPE_TENSOR && d < t->ndim) return t->sizes[d];
    if (t && (t->kind == TYPE_INT || t->kind == TYPE_FLOAT || t->kind == TYPE_BOOL)) return t->expr;
    return graph_unbacked(c->graph, stem);
}
