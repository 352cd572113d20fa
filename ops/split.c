/* SPDX-License-Identifier: MIT
 * split.c — operators that cut a tensor into several views of it.
 *
 * Parts are views, so a split costs nothing; its gradient concatenates the parts' gradients. */
#include "ops/view.h"
#include "ops/batch.h"

#include "ops/vjp.h"

/* ---- shapes ----------------------------------------------------------------------------------------------------- */

static type part_type(shape_call *c, const geometry *v) {
    return type_strided(c->arena, (cot_dtype)shape_tensor(c, 0)->dtype, v->sizes, v->strides, v->ndim, v->offset);
}

/* Parts of these lengths along a dimension, one behind the other. */
static cot_status parts_of(shape_call *c, uint32_t d, const dim *lengths, uint32_t count) {
    geometry base = view_geometry(shape_tensor(c, 0));
    type *parts = ARENA_ARRAY(c->arena, type, count);
    dim at = 0;
    for (uint32_t i = 0; i < count; i++) {
        geometry v = base;
        v.sizes[d] = lengths[i];
        v.offset = dim_add(c->syms, base.offset, dim_mul(c->syms, at, base.strides[d]));
        parts[i] = part_type(c, &v);
        at = dim_add(c->syms, at, lengths[i]);
    }
    c->result = type_tuple(c->arena, parts, count);
    return COT_OK;
}

static cot_status check_splittable(shape_call *c, int64_t dimension, uint32_t *d) {
    if (shape_tensor(c, 0)->ndim == 0) return shape_fail(c, "expects at least a 1-dimensional tensor");
    return shape_wrap(c, dimension, shape_tensor(c, 0)->ndim, d);
}

/* How often a symbolic length fits into a size, where that is always the same number: 2*s into s. When some values give
 * fewer or other parts, planning for them is refused. */
static dim whole_parts(const shape_call *c, dim size, dim length) {
    enum { FIRST = 840, SAMPLES = 8 };
    int64_t count = DIM_ERROR;
    for (int64_t k = 0; k < SAMPLES; k++) {
        symbol_value at[8];
        binding b = {at, 0};
        for (dim s; b.count < COUNT_OF(at) && (s = dim_unbound(c->syms, size, &b)) != 0;)
            at[b.count++] = (symbol_value){.symbol = s, .value = FIRST + k};
        const int64_t whole = dim_value(c->syms, size, &b), part = dim_value(c->syms, length, &b);
        if (whole == DIM_ERROR || part == DIM_ERROR || part <= 0) return DIM_ERROR;
        const int64_t parts = (whole + part - 1) / part;
        if (count != DIM_ERROR && parts != count) return DIM_ERROR;
        count = parts;
    }
    return count;
}

static cot_status shape_split(shape_call *c) {
    uint32_t d;
    TRY(check_splittable(c, arg_as_int(&c->args[2], 0), &d));
    dim size = shape_tensor(c, 0)->sizes[d], length = arg_as_dim(c->graph, &c->args[1]);
    dim count = length == 0 ? 1 : dim_floordiv(c->syms, dim_add(c->syms, size, dim_sub(c->syms, length, 1)), length);
    if (c->args[1].kind == ARG_INT && c->args[1].i < 0)
        return shape_fail(c, "split_size is %lld, expected a number that is not negative", (long long)c->args[1].i);
    if (length == 0 && size != 0) return shape_fail(c, "split_size can be 0 only where the dimension is");
    if (!dim_is_static(count)) count = whole_parts(c, size, length);
    if (!dim_is_static(count))
        return shape_fail(c, "the number of parts of a split must not depend on a symbolic size");
    if (count == 0) count = 1;
    dim *lengths = ARENA_ARRAY(c->arena, dim, (size_t)count);
    for (dim i = 0; i + 1 < count; i++) lengths[i] = length;
    lengths[count - 1] = dim_sub(c->syms, size, dim_mul(c->syms, length, count - 1));
    return parts_of(c, d, lengths, (uint32_t)count);
}

static cot_status shape_split_with_sizes(shape_call *c) {
    uint32_t d, count = c->args[1].count;
    TRY(check_splittable(c, arg_as_int(&c->args[2], 0), &d));
    dim size = shape_tensor(c, 0)->sizes[d], sum = 0;
    dim *lengths = ARENA_ARRAY(c->arena, dim, count);
    arg_as_dims(c->graph, &c->args[1], lengths, count);
    for (uint32_t i = 0; i < count; i++) sum = dim_add(c->syms, sum, lengths[i]);
    if (dim_is_static(sum) && dim_is_static(size) && sum != size)
        return shape_fail(c, "split_sizes sum to %lld, expected the size %lld of dimension %u", (long long)sum,
                          (long long)size, d);
    return parts_of(c, d, lengths, count);
}

static cot_status shape_unbind(shape_call *c) {
    uint32_t d;
    TRY(check_splittable(c, arg_as_int(&c->args[1], 0), &d));
    geometry base = view_geometry(shape_tensor(c, 0));
    dim count = base.sizes[d];
    if (!dim_is_static(count)) return shape_fail(c, "the number of parts of unbind must not depend on a symbolic size");
    type *parts = ARENA_ARRAY(c->arena, type, (size_t)count);
    for (dim i = 0; i < count; i++) {
        geometry v = base;
        v.offset = dim_add(c->syms, base.offset, dim_mul(c->syms, i, base.strides[d]));
        view_remove(&v, d);
        parts[i] = part_type(c, &v);
    }
    c->result = type_tuple(c->arena, parts, (uint32_t)count);
    return COT_OK;
}

/* ---- derivatives ------------------------------------------------------------------------------------------------ */

/* The parts' gradients, zeros where a part had no use. False when none had. */
static bool part_gradients(vjp_call *c, value *out) {
    bool any = false;
    for (uint32_t i = 0; i < c->num_results; i++) any |= c->grads[i] != NO_VALUE;
    for (uint32_t i = 0; any && i < c->num_results; i++) {
        const type *part = &TYPE_OF(c->b, c->result)->parts[i];
        out[i] = c->grads[i];
        if (out[i] == NO_VALUE)
            out[i] = emit(c->b, "full", "Di,dtype=t", part->sizes, (uint32_t)part->ndim, (int64_t)0, (int)part->dtype);
    }
    return any;
}

static cot_status vjp_split(vjp_call *c) {
    value *parts = ARENA_ARRAY(c->b->graph->arena, value, c->num_results);
    if (part_gradients(c, parts)) vjp_set(c, 0, emit(c->b, "cat", "Va", parts, c->num_results, vjp_arg(c, 2)));
    return c->b->status;
}

static cot_status vjp_unbind(vjp_call *c) {
    value *parts = ARENA_ARRAY(c->b->graph->arena, value, c->num_results);
    if (part_gradients(c, parts)) vjp_set(c, 0, emit(c->b, "stack", "Va", parts, c->num_results, vjp_arg(c, 1)));
    return c->b->status;
}

/* ---- composites ------------------------------------------------------------------------------------------------- */

/* Pieces of one length, fewer than asked where the dimension does not fill them. */
static value split_evenly(builder *b, const char *split, const char *split_sizes, const arg *args) {
    syms *s = b->graph->ctx->syms;
    value self = arg_as_value(&args[0]);
    const type *t = TYPE_OF(b, self);
    int64_t chunks = arg_as_int(&args[1], 1), d = arg_as_int(&args[2], 0);
    if (d < 0) d += t->ndim;
    if (chunks <= 0 || d < 0 || d >= t->ndim) {
        builder_fail(b, COT_SHAPE, "chunk: %lld pieces of dimension %lld cannot be made of a tensor of %u dimensions",
                     (long long)chunks, (long long)d, t->ndim);
        return NO_VALUE;
    }
    dim size = t->sizes[d], length = dim_floordiv(s, dim_add(s, size, chunks - 1), chunks);
    if (length != 0) return emit(b, split, "vdi", self, length, d);
    dim *zeros = ARENA_ARRAY(b->graph->arena, dim, (size_t)chunks); /* the number of pieces asked for is kept */
    return emit(b, split_sizes, "vDi", self, zeros, (uint32_t)chunks, d);
}

static value decompose_chunk(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return split_evenly(b, "split.Tensor", "split_with_sizes", args);
}

static value decompose_unsafe_chunk(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return split_evenly(b, "unsafe_split.Tensor", "unsafe_split_with_sizes", args);
}

/* numpy's array_split: the first parts are one longer where the size does not divide. */
static value split_sections(builder *b, value self, int64_t sections, int64_t d) {
    const type *t = TYPE_OF(b, self);
    if (d < 0) d += t->ndim;
    if (d < 0 || d >= t->ndim || sections <= 0 || !dim_is_static(t->sizes[d])) {
        builder_fail(b, COT_SHAPE, "tensor_split: %lld sections of dimension %lld cannot be made", (long long)sections,
                     (long long)d);
        return NO_VALUE;
    }
    int64_t size = t->sizes[d], at = 0;
    value *parts = ARENA_ARRAY(b->graph->arena, value, (size_t)sections);
    for (int64_t i = 0; i < sections; i++) {
        int64_t length = size / sections + (i < size % sections);
        parts[i] = emit(b, "slice.Tensor", "viii", self, d, at, at + length);
        at += length;
    }
    return emit_pack(b, parts, (uint32_t)sections);
}

static value split_indices(builder *b, value self, const arg *indices, int64_t d) {
    uint32_t count = indices->count;
    value *parts = ARENA_ARRAY(b->graph->arena, value, count + 1);
    arg start = arg_int(0), last = arg_int(INT64_MAX);
    for (uint32_t i = 0; i <= count; i++) {
        const arg *end = i < count ? &indices->list[i] : &last;
        parts[i] = emit(b, "slice.Tensor", "viaa", self, d, &start, end);
        start = *end;
    }
    return emit_pack(b, parts, count + 1);
}

static value decompose_tensor_split(builder *b, const op *o, const arg *args) {
    value self = arg_as_value(&args[0]);
    int64_t d = arg_as_int(&args[2], 0);
    UNUSED(o);
    return args[1].kind == ARG_LIST ? split_indices(b, self, &args[1], d)
                                    : split_sections(b, self, arg_as_int(&args[1], 0), d);
}

static const int64_t rows = 0, columns = 1, depth = 2;

/* hsplit, vsplit, dsplit: the dimension is the record's data. hsplit of a vector cuts its only dimension. */
static value decompose_numpy_split(builder *b, const op *o, const arg *args) {
    value self = arg_as_value(&args[0]);
    uint32_t ndim = TYPE_OF(b, self)->ndim;
    int64_t d = *(const int64_t *)o->record->data;
    if (d == columns && ndim == 1) d = 0;
    if (ndim <= d) {
        builder_fail(b, COT_SHAPE, "%s: self has %u dimensions, expected at least %lld", o->packet, ndim,
                     (long long)d + 1);
        return NO_VALUE;
    }
    return args[1].kind == ARG_LIST ? split_indices(b, self, &args[1], d)
                                    : split_sections(b, self, arg_as_int(&args[1], 0), d);
}

#define SPLIT (OP_VIEW | OP_RECOMPUTABLE | OP_HAS_COPY)
#define UNSAFE (OP_RECOMPUTE_FREE | OP_RECOMPUTABLE) /* no alias by schema, no kernel either */

/* The inverse of a view with several parts writes one of them back: number `part`. */
const op_record ops_split[] = {
    {.schema = "split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[]",
     .batch = &batch_dims,
     .shape = shape_split,
     .vjp_fn = vjp_split,
     .inverse = "slice_scatter(base, y, dim, part * split_size, part * split_size + y.size(dim))",
     .traits = SPLIT,
     .samples = "f32[5, 2], 2; f32[2, 6], 3, 1"},
    {.schema = "split_with_sizes(Tensor(a -> *) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]",
     .batch = &batch_dims,
     .shape = shape_split_with_sizes,
     .vjp_fn = vjp_split,
     .inverse = "cot.split_scatter(base, y, part, split_sizes, dim)",
     .traits = SPLIT,
     .samples = "f32[5, 2], [2, 3]; f32[2, 6], [1, 0, 5], -1"},
    {.schema = "unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]",
     .batch = &batch_dims,
     .shape = shape_unbind,
     .vjp_fn = vjp_unbind,
     .inverse = "select_scatter(base, y, dim, part)",
     .traits = SPLIT,
     .samples = "f32[3, 2]; f32[2, 3], -1"},
    {.schema = "unsafe_split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]",
     .batch = &batch_dims,
     .shape = shape_split,
     .vjp_fn = vjp_split,
     .inverse = "slice_scatter(base, y, dim, part * split_size, part * split_size + y.size(dim))",
     .traits = UNSAFE,
     .samples = "f32[5, 2], 2"},
    {.schema = "unsafe_split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[]",
     .batch = &batch_dims,
     .shape = shape_split_with_sizes,
     .vjp_fn = vjp_split,
     .inverse = "cot.split_scatter(base, y, part, split_sizes, dim)",
     .traits = UNSAFE,
     .samples = "f32[5, 2], [2, 3]"},
    {.schema = "split.sizes(Tensor(a -> *) self, SymInt[] split_size, int dim=0) -> Tensor(a)[]",
     .decompose = "split_with_sizes(self, split_size, dim)",
     .traits = OP_COMPOSITE,
     .samples = "f32[5], [2, 3]"},
    {.schema = "chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]",
     .decompose_fn = decompose_chunk,
     .traits = OP_COMPOSITE,
     .samples = "f32[5, 2], 2; f32[0, 2], 3"},
    {.schema = "unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]",
     .decompose_fn = decompose_unsafe_chunk,
     .traits = OP_COMPOSITE,
     .samples = "f32[5, 2], 2"},
    {.schema = "tensor_split.sections(Tensor(a -> *) self, SymInt sections, int dim=0) -> Tensor(a)[]",
     .decompose_fn = decompose_tensor_split,
     .traits = OP_COMPOSITE,
     .samples = "f32[5, 2], 3"},
    {.schema = "tensor_split.indices(Tensor(a -> *) self, SymInt[] indices, int dim=0) -> Tensor(a)[]",
     .decompose_fn = decompose_tensor_split,
     .traits = OP_COMPOSITE,
     .samples = "f32[5, 2], [1, 3]"},
    {.schema = "hsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]",
     .decompose_fn = decompose_numpy_split,
     .data = &columns,
     .traits = OP_COMPOSITE,
     .samples = "f32[2, 4], 2"},
    {.schema = "hsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]",
     .decompose_fn = decompose_numpy_split,
     .data = &columns,
     .traits = OP_COMPOSITE,
     .samples = "f32[2, 4], [1, 2]"},
    {.schema = "vsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]",
     .decompose_fn = decompose_numpy_split,
     .data = &rows,
     .traits = OP_COMPOSITE,
     .samples = "f32[4, 2], 2"},
    {.schema = "vsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]",
     .decompose_fn = decompose_numpy_split,
     .data = &rows,
     .traits = OP_COMPOSITE,
     .samples = "f32[4, 2], [1, 2]"},
    {.schema = "dsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]",
     .decompose_fn = decompose_numpy_split,
     .data = &depth,
     .traits = OP_COMPOSITE,
     .samples = "f32[1, 2, 4], 2"},
    {.schema = "dsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]",
     .decompose_fn = decompose_numpy_split,
     .data = &depth,
     .traits = OP_COMPOSITE,
     .samples = "f32[1, 2, 4], [1, 2]"},
};
const uint32_t ops_split_count = COUNT_OF(ops_split);
