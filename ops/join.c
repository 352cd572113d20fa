/* SPDX-License-Identifier: MIT
 * join.c — several tensors made into one: cat, stack, and their numpy relatives. */
#include "ops/emit.h"
#include "ops/batch.h"
#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/copy.h"

#include <string.h>

/* ---- cat -------------------------------------------------------------------------------------------------------- */

/* Empty vectors take part in any cat: a rule from before tensors had zero-sized dimensions. */
static bool is_skipped(const type *t) { return t->ndim == 1 && t->sizes[0] == 0; }

/* channels_last where all operands are, else contiguous. */
static const char *common_format(const shape_call *c, uint32_t count) {
    static const char *const formats[] = {[4] = "channels_last", [5] = "channels_last_3d"};
    const char *format = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const type *t = shape_item(c, 0, i);
        dim strides[COT_MAX_DIMS];
        if (is_skipped(t)) continue;
        if (t->ndim != 4 && t->ndim != 5) return NULL;
        format = formats[t->ndim];
        if (type_is_contiguous(t, c->syms)) return NULL;
        shape_format_strides(c, format, t->sizes, t->ndim, strides);
        for (uint32_t d = 0; d < t->ndim; d++)
            if (!dim_equal(strides[d], t->strides[d]) && !dim_is_one(t->sizes[d])) return NULL;
    }
    return format;
}

static cot_status shape_cat(shape_call *c) {
    static const uint32_t tensors[] = {0};
    uint32_t count = c->args[0].count, d = 0, model = 0;
    cot_dtype dtype = shape_promote(c, tensors, 1);
    if (count == 0) return shape_fail(c, "expected a non-empty list of tensors");
    while (model + 1 < count && is_skipped(shape_item(c, 0, model))) model++;
    const type *first = shape_item(c, 0, model);
    if (is_skipped(first)) return shape_result(c, dtype, (dim[1]){0}, 1);
    if (first->ndim == 0) return shape_fail(c, "0-dimensional tensors cannot be concatenated");
    TRY(shape_wrap(c, arg_as_int(&c->args[1], 0), first->ndim, &d));
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    memcpy(sizes, first->sizes, first->ndim * sizeof *sizes);
    sizes[d] = 0;
    for (uint32_t i = 0; i < count; i++) {
        const type *t = shape_item(c, 0, i);
        if (is_skipped(t)) continue;
        if (t->ndim != first->ndim)
            return shape_fail(c, "tensor %u has %u dimensions, expected %u", i, t->ndim, first->ndim);
        for (uint32_t k = 0; k < t->ndim; k++)
            if (k != d && !dim_equal(t->sizes[k], sizes[k]) && dim_is_static(t->sizes[k]) && dim_is_static(sizes[k]))
                return shape_fail(c, "tensor %u has size %lld in dimension %u, expected %lld", i,
                                  (long long)t->sizes[k], k, (long long)sizes[k]);
        sizes[d] = dim_add(c->syms, sizes[d], t->sizes[d]);
    }
    shape_format_strides(c, common_format(c, count), sizes, first->ndim, strides);
    c->result = type_strided(c->arena, dtype, sizes, strides, first->ndim, 0);
    return COT_OK;
}

static cot_status shape_stack(shape_call *c) {
    static const uint32_t tensors[] = {0};
    uint32_t count = c->args[0].count, d;
    if (count == 0) return shape_fail(c, "expected a non-empty list of tensors");
    const type *first = shape_item(c, 0, 0);
    TRY(shape_wrap(c, arg_as_int(&c->args[1], 0), first->ndim + 1u, &d));
    if (first->ndim == COT_MAX_DIMS) return shape_fail(c, "the result has more than %d dimensions", COT_MAX_DIMS);
    dim sizes[COT_MAX_DIMS];
    for (uint32_t i = 0; i < count; i++) {
        const type *t = shape_item(c, 0, i);
        bool fits = t->ndim == first->ndim;
        for (uint32_t k = 0; fits && k < t->ndim; k++) fits = dim_equal(t->sizes[k], first->sizes[k]);
        if (!fits)
            return shape_fail(c, "stack expects each tensor to be equal size, but tensor %u differs from the first", i);
    }
    for (uint32_t k = 0; k <= first->ndim; k++)
        sizes[k] = k < d ? first->sizes[k] : k == d ? count : first->sizes[k - 1];
    return shape_result(c, shape_promote(c, tensors, 1), sizes, first->ndim + 1u);
}

static cot_status prepare_join(prepare_call *c) {
    cat_attributes *a = PREPARE_ATTRIBUTES(c, cat_attributes);
    int64_t d = arg_as_int(&c->args[1], 0), n = MAX(c->results[0].ndim, 1);
    a->dim = (uint32_t)(d < 0 ? d + n : d);
    a->stack = !strcmp(c->op->packet, "stack");
    c->kernel = KERNEL_SELECT(cat_kernel);
    return COT_OK;
}

/* Each operand's gradient is its part of the result's. */
static cot_status vjp_cat(vjp_call *c) {
    int64_t d = arg_as_int(vjp_arg(c, 1), 0);
    syms *s = c->b->graph->ctx->syms;
    dim at = 0;
    if (d < 0) d += TYPE_OF(c->b, c->result)->ndim;
    for (uint32_t i = 0; i < c->num_operands; i++) {
        value operand = vjp_arg(c, 0)->list[i].value;
        const type *t = TYPE_OF(c->b, operand);
        bool skipped = is_skipped(t);
        dim length = skipped && d ? 0 : t->sizes[d], end = dim_add(s, at, length);
        if (c->needs[i] && skipped)
            c->out[i] = emit(c->b, "full", "Di,dtype=t", t->sizes, 1u, (int64_t)0, (int)t->dtype);
        else if (c->needs[i]) c->out[i] = emit(c->b, "slice.Tensor", "vidd", c->grads[0], d, at, end);
        at = end;
    }
    return c->b->status;
}

static cot_status vjp_stack(vjp_call *c) {
    for (uint32_t i = 0; i < c->num_operands; i++)
        if (c->needs[i]) c->out[i] = emit(c->b, "select.int", "vai", c->grads[0], vjp_arg(c, 1), (int64_t)i);
    return c->b->status;
}

/* ---- composites ------------------------------------------------------------------------------------------------- */

static value cat_of(builder *b, const value *parts, uint32_t count, int64_t d) {
    return emit(b, "cat", "Vi", parts, count, d);
}

/* hstack, vstack, dstack and column_stack give each operand the dimensions it lacks first. */
static value decompose_numpy_stack(builder *b, const op *o, const arg *args) {
    uint32_t count = args[0].count;
    char kind = o->packet[0];
    int64_t d = kind == 'h' ? 1 : kind == 'd' ? 2 : kind == 'c' ? 1 : 0, flat[2] = {-1, 1};
    const char *at_least = kind == 'h' ? "atleast_1d" : kind == 'd' ? "atleast_3d" : "atleast_2d";
    value *parts = ARENA_ARRAY(b->graph->arena, value, count);
    for (uint32_t i = 0; i < count; i++) {
        value v = args[0].list[i].value;
        bool column = kind == 'c' && TYPE_OF(b, v)->ndim <= 1;
        if (kind == 'c') parts[i] = column ? emit(b, "reshape", "vI", v, flat, 2u) : v;
        else parts[i] = emit(b, at_least, "v", v);
    }
    if (kind == 'h' && count && TYPE_OF(b, parts[0])->ndim == 1) d = 0;
    return cat_of(b, parts, count, d);
}

/* Each operand is padded to a multiple of the number of chunks, cut, and the pieces are laid side by side. */
static value decompose_chunk_cat(builder *b, const op *o, const arg *args) {
    int64_t d = arg_as_int(&args[1], 0), chunks = arg_as_int(&args[2], 1);
    uint32_t count = args[0].count;
    value *parts = ARENA_ARRAY(b->graph->arena, value, count);
    UNUSED(o);
    for (uint32_t i = 0; i < count && !b->status; i++) {
        value v = args[0].list[i].value;
        const type *t = TYPE_OF(b, v);
        uint32_t ndim = t->ndim, at = (uint32_t)(d < 0 ? d + ndim : d);
        int64_t size = t->sizes[at], piece = (size + chunks - 1) / chunks;
        dim sizes[COT_MAX_DIMS];
        if (!dim_is_static(size)) return NO_VALUE;
        memcpy(sizes, t->sizes, ndim * sizeof *sizes);
        if (piece * chunks > size) {
            sizes[at] = piece * chunks - size;
            value padding[2] = {v, emit(b, "new_zeros", "vD", v, sizes, ndim)};
            v = cat_of(b, padding, 2, at);
        }
        arg *items = ARENA_ARRAY(b->graph->arena, arg, at + 2);
        for (uint32_t k = 0; k < at; k++) items[k] = emit_dim(b, sizes[k]);
        items[at] = arg_int(chunks);
        items[at + 1] = arg_int(-1);
        arg list = arg_list_of(items, at + 2);
        parts[i] = emit(b, "reshape", "va", v, &list);
    }
    int64_t at = d < 0 ? d + TYPE_OF(b, args[0].list[0].value)->ndim : d;
    return cat_of(b, parts, count, at + 1);
}

/* Blocks on a diagonal, zeros elsewhere: a column of blocks for each operand. */
static value decompose_block_diag(builder *b, const op *o, const arg *args) {
    uint32_t count = args[0].count;
    syms *s = b->graph->ctx->syms;
    value *rows = ARENA_ARRAY(b->graph->arena, value, count);
    dim columns = 0, before = 0;
    UNUSED(o);
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = emit(b, "atleast_2d", "v", args[0].list[i].value);
        columns = dim_add(s, columns, TYPE_OF(b, rows[i])->ndim == 2 ? TYPE_OF(b, rows[i])->sizes[1] : 0);
    }
    for (uint32_t i = 0; i < count && !b->status; i++) {
        dim height = TYPE_OF(b, rows[i])->sizes[0], width = TYPE_OF(b, rows[i])->sizes[1];
        dim left[2] = {height, before}, right[2] = {height, dim_sub(s, dim_sub(s, columns, before), width)};
        value parts[3] = {emit(b, "new_zeros", "vD", rows[i], left, 2u), rows[i],
                          emit(b, "new_zeros", "vD", rows[i], right, 2u)};
        before = dim_add(s, before, width);
        rows[i] = cat_of(b, parts, 3, 1);
    }
    return cat_of(b, rows, count, 0);
}

static value decompose_cartesian_prod(builder *b, const op *o, const arg *args) {
    uint32_t count = args[0].count;
    int64_t flat = -1;
    UNUSED(o);
    if (count == 1) return args[0].list[0].value;
    arg tensors = args[0], indexing = arg_string("ij");
    value grids = emit(b, "meshgrid.indexing", "a,indexing=a", &tensors, &indexing);
    value *parts = ARENA_ARRAY(b->graph->arena, value, count);
    for (uint32_t i = 0; i < count; i++) parts[i] = emit(b, "reshape", "vI", emit_get(b, grids, i), &flat, 1u);
    return emit(b, "stack", "Vi", parts, count, (int64_t)1);
}

#define COMPOSITE(schema_, fn, samples_)                                                                               \
    { .schema = schema_, .decompose_fn = fn, .traits = OP_COMPOSITE, .samples = samples_ }

const op_record ops_join[] = {
    {.schema = "cat(Tensor[] tensors, int dim=0) -> Tensor",
     .batch = &batch_join,
     .layout = LAYOUT_FOLLOWED,
     .shape = shape_cat,
     .prepare = prepare_join,
     .reference = ref_cat,
     .vjp_fn = vjp_cat,
     .traits = OP_CHEAP | OP_FUSES_INPUTS | OP_RECOMPUTABLE | OP_AUTOCAST_WIDEST,
     .samples = "[f32[2, 3], f32[1, 3]]; [f32[2, 3], f32[2, 2]], -1; [f32[0], f32[2, 3]]; [i64[2], f32[3]]"},
    {.schema = "stack(Tensor[] tensors, int dim=0) -> Tensor",
     .batch = &batch_new_dim,
     .shape = shape_stack,
     .prepare = prepare_join,
     .reference = ref_cat,
     .vjp_fn = vjp_stack,
     .traits = OP_RECOMPUTABLE | OP_AUTOCAST_WIDEST,
     .samples = "[f32[2, 3], f32[2, 3]]; [f32[], f32[]]; [f32[2], f32[2]], -1"},
    {.schema = "concat(Tensor[] tensors, int dim=0) -> Tensor",
     .decompose = "cat(tensors, dim)",
     .traits = OP_COMPOSITE,
     .samples = "[f32[2, 3], f32[1, 3]]"},
    {.schema = "concatenate(Tensor[] tensors, int dim=0) -> Tensor",
     .decompose = "cat(tensors, dim)",
     .traits = OP_COMPOSITE,
     .samples = "[f32[2, 3], f32[1, 3]]"},
    COMPOSITE("hstack(Tensor[] tensors) -> Tensor", decompose_numpy_stack, "[f32[2], f32[3]]; [f32[2, 1], f32[2, 2]]"),
    COMPOSITE("vstack(Tensor[] tensors) -> Tensor", decompose_numpy_stack, "[f32[2], f32[2]]; [f32[2, 1], f32[3, 1]]"),
    COMPOSITE("row_stack(Tensor[] tensors) -> Tensor", decompose_numpy_stack, "[f32[2], f32[2]]"),
    COMPOSITE("dstack(Tensor[] tensors) -> Tensor", decompose_numpy_stack, "[f32[2], f32[2]]"),
    COMPOSITE("column_stack(Tensor[] tensors) -> Tensor", decompose_numpy_stack, "[f32[2], f32[2, 3]]"),
    COMPOSITE("_chunk_cat(Tensor[] tensors, int dim, int num_chunks) -> Tensor", decompose_chunk_cat,
              "[f32[4, 2], f32[3, 2]], 0, 2"),
    COMPOSITE("block_diag(Tensor[] tensors) -> Tensor", decompose_block_diag, "[f32[2, 3], f32[], f32[2]]"),
    COMPOSITE("cartesian_prod(Tensor[] tensors) -> Tensor", decompose_cartesian_prod, "[f32[2], f32[3]]"),
};
const uint32_t ops_join_count = COUNT_OF(ops_join);
