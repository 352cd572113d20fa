/* SPDX-License-Identifier: MIT
 * rearrange.c — the elements of one tensor in another order: flips, rolls, repeats, triangles, diagonals. */
#include "ops/emit.h"
#include "ops/batch.h"
#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/copy.h"
#include "kernels/fill.h"

#include <string.h>

static value self_of(const arg *args) { return arg_as_value(&args[0]); }

/* ---- flip ------------------------------------------------------------------------------------------------------- */

static cot_status flip_mask(shape_call *c, const arg *dims, uint32_t ndim, uint32_t *mask) {
    int64_t list[COT_MAX_DIMS];
    uint32_t count = arg_as_ints(dims, list, COT_MAX_DIMS);
    *mask = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t d;
        TRY(shape_wrap(c, list[i], ndim, &d));
        if (*mask >> d & 1) return shape_fail(c, "dim %u appears multiple times in the list of dims", d);
        *mask |= 1u << d;
    }
    return COT_OK;
}

static cot_status shape_flip(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    uint32_t mask;
    TRY(flip_mask(c, &c->args[1], t->ndim, &mask));
    return shape_result_like(c, (cot_dtype)t->dtype, t);
}

static cot_status prepare_flip(prepare_call *c) {
    flip_attributes *a = PREPARE_ATTRIBUTES(c, flip_attributes);
    shape_call call = {.op = c->op, .error = c->error};
    TRY(flip_mask(&call, &c->args[1], c->results[0].ndim, &a->dims));
    c->kernel = KERNEL_SELECT(flip_kernel);
    return COT_OK;
}

/* ---- roll ------------------------------------------------------------------------------------------------------- */

static cot_status shape_roll(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    uint32_t shifts = c->args[1].count, dims = c->args[2].count;
    if (shifts == 0) return shape_fail(c, "`shifts` required");
    if (dims == 0 && shifts != 1) return shape_fail(c, "shifts and dimensions must align. shifts: %u, dims: 0", shifts);
    if (dims && dims != shifts)
        return shape_fail(c, "shifts and dimensions must align. shifts: %u, dims: %u", shifts, dims);
    return shape_result(c, (cot_dtype)t->dtype, t->sizes, t->ndim);
}

static cot_status prepare_roll(prepare_call *c) {
    roll_attributes *a = PREPARE_ATTRIBUTES(c, roll_attributes);
    int64_t shifts[COT_MAX_DIMS], dims[COT_MAX_DIMS] = {0}; /* a vector may be rolled without saying so */
    uint32_t count = arg_as_ints(&c->args[1], shifts, COT_MAX_DIMS), n = c->results[0].ndim;
    arg_as_ints(&c->args[2], dims, COT_MAX_DIMS);
    for (uint32_t i = 0; i < count && n; i++) {
        int64_t d = dims[i] < 0 ? dims[i] + n : dims[i], size = c->results[0].sizes[d];
        if (size) a->shifts[d] = ((a->shifts[d] + shifts[i]) % size + size) % size;
    }
    c->kernel = KERNEL_SELECT(roll_kernel);
    return COT_OK;
}

/* Without dims the elements are rolled as one row. */
static value decompose_roll_flat(builder *b, const op *o, const arg *args) {
    value self = self_of(args);
    const type *t = TYPE_OF(b, self);
    int64_t flat = -1, zero = 0;
    uint32_t ndim = t->ndim;
    const dim *sizes = t->sizes;
    UNUSED(o);
    if (args[2].count || ndim == 1) return NO_VALUE;
    value row = emit(b, "reshape", "vI", self, &flat, 1u);
    row = emit(b, "roll", "vaI", row, &args[1], &zero, 1u);
    return emit(b, "view", "vD", row, sizes, ndim);
}

static cot_status vjp_roll(vjp_call *c) {
    const arg *shifts = vjp_arg(c, 1);
    int64_t dims[COT_MAX_DIMS], order[COT_MAX_DIMS];
    arg back[COT_MAX_DIMS];
    const uint32_t named = arg_as_ints(vjp_arg(c, 2), dims, COT_MAX_DIMS), count = MIN(shifts->count, COT_MAX_DIMS);
    for (uint32_t i = 0; i < count; i++) back[i] = emit_operator(c->b, "neg", shifts->list[count - 1 - i], arg_none());
    for (uint32_t i = 0; i < named; i++) order[i] = dims[named - 1 - i];
    const arg list = arg_list_of(arena_copy(c->b->graph->arena, back, count * sizeof *back), count);
    vjp_set(c, 0, emit(c->b, "roll", "vaI", c->grads[0], &list, order, named));
    return c->b->status;
}

/* ---- repeat ----------------------------------------------------------------------------------------------------- */

static cot_status shape_repeat(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim repeats[COT_MAX_DIMS];
    uint32_t n = arg_as_dims(c->graph, &c->args[1], repeats, COT_MAX_DIMS);
    if (n < t->ndim || c->args[1].count > COT_MAX_DIMS)
        return shape_fail(c, "%u repeats are given for a tensor of %u dimensions", c->args[1].count, t->ndim);
    for (uint32_t i = 0; i < n; i++) {
        if (c->args[1].list[i].kind == ARG_INT && c->args[1].list[i].i < 0)
            return shape_fail(c, "repeat %u is negative", i);
        if (i >= n - t->ndim) repeats[i] = dim_mul(c->syms, repeats[i], t->sizes[i - (n - t->ndim)]);
    }
    return shape_result(c, (cot_dtype)t->dtype, repeats, n);
}

static cot_status prepare_repeat(prepare_call *c) {
    c->kernel = KERNEL_SELECT(repeat_kernel);
    return COT_OK;
}

/* Seen as (repeat, size) pairs, the gradient is summed over the repeats. */
static cot_status vjp_repeat(vjp_call *c) {
    const type *t = TYPE_OF(c->b, vjp_tensor(c, 0));
    dim repeats[COT_MAX_DIMS], sizes[2 * COT_MAX_DIMS];
    int64_t sums[COT_MAX_DIMS];
    uint32_t n = arg_as_dims(c->b->graph, vjp_arg(c, 1), repeats, COT_MAX_DIMS), ndim = 0, count = 0;
    value grad = c->grads[0];
    for (uint32_t i = 0; i < n; i++) {
        bool lead = i < n - t->ndim;
        if (repeats[i] == 0) {
            vjp_set(c, 0, emit(c->b, "zeros_like", "v", vjp_tensor(c, 0)));
            return c->b->status;
        }
        if (lead || !dim_is_one(repeats[i])) sums[count++] = ndim, sizes[ndim++] = repeats[i];
        if (!lead) sizes[ndim++] = t->sizes[i - (n - t->ndim)];
    }
    if (t->ndim == 0) {
        vjp_set(c, 0, emit(c->b, "sum", "v", grad));
        return c->b->status;
    }
    grad = emit(c->b, "reshape", "vD", grad, sizes, ndim);
    vjp_set(c, 0, count ? emit(c->b, "sum.dim_IntList", "vI", grad, sums, count) : grad);
    return c->b->status;
}

static value decompose_tile(builder *b, const op *o, const arg *args) {
    uint32_t ndim = TYPE_OF(b, self_of(args))->ndim, given = args[1].count, n = MAX(ndim, given);
    arg *items = ARENA_ARRAY(b->graph->arena, arg, n);
    UNUSED(o);
    for (uint32_t i = 0; i < n; i++) items[i] = i < n - given ? arg_int(1) : args[1].list[i - (n - given)];
    arg repeats = arg_list_of(items, n);
    return emit(b, "repeat", "va", self_of(args), &repeats);
}

/* Each element several times in a row: a new dimension behind its own, expanded, and both made one. */
static value decompose_repeat_interleave(builder *b, const op *o, const arg *args) {
    value self = self_of(args);
    int64_t d = arg_as_int(&args[2], 0), flat = -1;
    dim sizes[COT_MAX_DIMS + 1], repeats = arg_as_dim(b->graph, &args[1]);
    UNUSED(o);
    if (arg_is_none(&args[2])) self = emit(b, "reshape", "vI", self, &flat, 1u);
    const type *t = TYPE_OF(b, self);
    uint32_t ndim = t->ndim;
    if (d < 0) d += MAX(ndim, 1);
    if (ndim == 0) self = emit(b, "unsqueeze", "vi", self, (int64_t)0), ndim = 1, t = TYPE_OF(b, self);
    if (b->status || d < 0 || d >= ndim || ndim == COT_MAX_DIMS) {
        builder_fail(b, COT_SHAPE, "repeat_interleave: there is no dimension %lld to repeat in", (long long)d);
        return NO_VALUE;
    }
    for (uint32_t i = 0; i <= ndim; i++) sizes[i] = i <= d ? t->sizes[i] : i == d + 1 ? repeats : t->sizes[i - 1];
    arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    value v = emit(b, "unsqueeze", "vi", self, d + 1);
    v = emit(b, "expand", "vD", v, sizes, ndim + 1u);
    v = emit(b, "clone", "v,memory_format=a", v, &format);
    return emit(b, "flatten.using_ints", "vii", v, d, d + 1);
}

/* ---- triangles -------------------------------------------------------------------------------------------------- */

static cot_status shape_triangle(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    if (t->ndim < 2) return shape_fail(c, "input tensor must have at least 2 dimensions");
    return shape_result(c, (cot_dtype)t->dtype, t->sizes, t->ndim);
}

static cot_status prepare_triangle(prepare_call *c) {
    triangle_attributes *a = PREPARE_ATTRIBUTES(c, triangle_attributes);
    a->diagonal = arg_as_int(&c->args[1], 0);
    a->upper = !strcmp(c->op->packet, "triu");
    c->in_place = 1;
    c->kernel = triangle_kernel;
    return COT_OK;
}

/* ---- diagonals -------------------------------------------------------------------------------------------------- */

/* Zeros with the last dimension laid along a diagonal, which is what the derivative of `diagonal` does. */
static value embed(builder *b, value self, int64_t offset, int64_t dim1, int64_t dim2) {
    const type *t = TYPE_OF(b, self);
    uint32_t n = t->ndim + 1u, k = 0;
    dim sizes[COT_MAX_DIMS + 1];
    dim1 += dim1 < 0 ? n : 0, dim2 += dim2 < 0 ? n : 0;
    bool fits = t->ndim && n <= COT_MAX_DIMS && dim1 != dim2 && dim1 >= 0 && dim2 >= 0 && dim1 < n && dim2 < n;
    if (!fits) {
        builder_fail(b, COT_SHAPE, "diag_embed: dimensions %lld and %lld are not two of %u", (long long)dim1,
                     (long long)dim2, n);
        return NO_VALUE;
    }
    dim length = dim_add(b->graph->ctx->syms, t->sizes[t->ndim - 1], offset < 0 ? -offset : offset);
    for (uint32_t i = 0; i < n; i++) sizes[i] = i == dim1 || i == dim2 ? length : t->sizes[k++];
    return emit(b, "diagonal_backward", "vDiii", self, sizes, n, offset, dim1, dim2);
}

static value decompose_diag_embed(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return embed(b, self_of(args), arg_as_int(&args[1], 0), arg_as_int(&args[2], -2), arg_as_int(&args[3], -1));
}

static value decompose_diag(builder *b, const op *o, const arg *args) {
    uint32_t ndim = TYPE_OF(b, self_of(args))->ndim;
    int64_t offset = arg_as_int(&args[1], 0), flat = -1;
    if (!strcmp(o->packet, "diagflat"))
        return embed(b, emit(b, "reshape", "vI", self_of(args), &flat, 1u), offset, 0, 1);
    if (ndim == 1) return embed(b, self_of(args), offset, 0, 1);
    if (ndim == 2) return emit(b, "diagonal_copy", "vi", self_of(args), offset);
    builder_fail(b, COT_SHAPE, "diag: self has %u dimensions, expected 1 or 2", ndim);
    return NO_VALUE;
}

/* ---- composites ------------------------------------------------------------------------------------------------- */

static value decompose_fliplr(builder *b, const op *o, const arg *args) {
    int64_t d = !strcmp(o->packet, "fliplr");
    uint32_t ndim = TYPE_OF(b, self_of(args))->ndim;
    if (ndim > d) return emit(b, "flip", "vI", self_of(args), &d, 1u);
    builder_fail(b, COT_SHAPE, "%s: self has %u dimensions, expected at least %lld", o->packet, ndim, (long long)d + 1);
    return NO_VALUE;
}

static value decompose_rot90(builder *b, const op *o, const arg *args) {
    int64_t dims[2] = {0, 1}, k = arg_as_int(&args[1], 1) & 3;
    arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    UNUSED(o);
    if (arg_as_ints(&args[2], dims, 2) != 2 || TYPE_OF(b, self_of(args))->ndim < 2) {
        builder_fail(b, COT_SHAPE, "rot90: expected two dimensions of a tensor that has at least two");
        return NO_VALUE;
    }
    if (k == 0) return emit(b, "clone", "v,memory_format=a", self_of(args), &format);
    if (k == 2) return emit(b, "flip", "vI", self_of(args), dims, 2u);
    value v = emit(b, "flip", "vI", self_of(args), k == 1 ? &dims[1] : &dims[0], 1u);
    return emit(b, "transpose.int", "vii", v, dims[0], dims[1]);
}

/* Pairs by the indices of a triangle; longer combinations choose the rest behind the last one chosen. */
static value decompose_combinations(builder *b, const op *o, const arg *args) {
    value self = self_of(args);
    const type *t = TYPE_OF(b, self);
    int64_t r = arg_as_int(&args[1], 2), with = arg_as_bool(&args[2], false);
    dim n = t->ndim == 1 ? t->sizes[0] : DIM_ERROR;
    UNUSED(o);
    if (n < 0 || r < 1 || r > 2) {
        builder_fail(b, COT_UNSUPPORTED,
                     "combinations: expected a vector of known size, and one or two elements at a time");
        return NO_VALUE;
    }
    if (r == 1) return emit(b, "unsqueeze", "vi", self, (int64_t)1);
    value indices = emit(b, "triu_indices", "iii", n, n, with ? (int64_t)0 : (int64_t)1);
    value parts[2];
    for (int64_t i = 0; i < 2; i++)
        parts[i] =
            emit(b, "index_select", "viv", self, (int64_t)0, emit(b, "select.int", "vii", indices, (int64_t)0, i));
    return emit(b, "stack", "Vi", parts, 2u, (int64_t)1);
}

#define COMPOSITE(schema_, fn, samples_)                                                                               \
    { .schema = schema_, .decompose_fn = fn, .traits = OP_COMPOSITE, .samples = samples_ }

const op_record ops_rearrange[] = {
    {.schema = "flip(Tensor self, int[] dims) -> Tensor",
     .batch = &batch_dims,
     .shape = shape_flip,
     .prepare = prepare_flip,
     .reference = ref_flip,
     .vjp = "self: flip(grad, dims)",
     .rows = ROWS_REVERSED,
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[2, 3], [0]; f32[2, 3, 4], [0, -1]; f32[3], []"},
    {.schema = "roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor",
     .batch = &batch_roll,
     .shape = shape_roll,
     .prepare = prepare_roll,
     .reference = ref_roll,
     .vjp_fn = vjp_roll,
     .decompose_fn = decompose_roll_flat,
     .traits = OP_RECOMPUTABLE | OP_COMPOSITE,
     .samples = "f32[2, 3], [1], [1]; f32[2, 3], [1, -1], [0, 1]; f32[2, 3], [2]"},
    {.schema = "repeat(Tensor self, SymInt[] repeats) -> Tensor",
     .batch = &batch_expand_sizes,
     .shape = shape_repeat,
     .prepare = prepare_repeat,
     .reference = ref_repeat,
     .vjp_fn = vjp_repeat,
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[2, 3], [2, 1]; f32[3], [2, 2]; f32[], [3]; f32[2], [0]"},
    {.schema = "tril(Tensor self, SymInt diagonal=0) -> Tensor",
     .batch = &batch_leading,
     .shape = shape_triangle,
     .prepare = prepare_triangle,
     .reference = triangle_kernel,
     .vjp = "self: tril(grad, diagonal)",
     .traits = OP_RECOMPUTABLE | OP_HAS_INPLACE,
     .samples = "f32[3, 4]; f32[2, 3, 3], -1; i64[2, 2], 1"},
    {.schema = "triu(Tensor self, SymInt diagonal=0) -> Tensor",
     .batch = &batch_leading,
     .shape = shape_triangle,
     .prepare = prepare_triangle,
     .reference = triangle_kernel,
     .vjp = "self: triu(grad, diagonal)",
     .traits = OP_RECOMPUTABLE | OP_HAS_INPLACE,
     .samples = "f32[3, 4]; f32[2, 3, 3], -1; i64[2, 2], 1"},
    COMPOSITE("tile(Tensor self, SymInt[] dims) -> Tensor", decompose_tile, "f32[2, 3], [2]; f32[3], [2, 2]"),
    COMPOSITE(
        "repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor",
        decompose_repeat_interleave, "f32[2, 3], 2; f32[2, 3], 2, 1; f32[], 3"),
    COMPOSITE("fliplr(Tensor self) -> Tensor", decompose_fliplr, "f32[2, 3]"),
    COMPOSITE("flipud(Tensor self) -> Tensor", decompose_fliplr, "f32[2, 3]"),
    COMPOSITE("rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor", decompose_rot90,
              "f32[2, 3]; f32[2, 3], 2; f32[2, 3], -1"),
    COMPOSITE("diag(Tensor self, int diagonal=0) -> Tensor", decompose_diag, "f32[3]; f32[3, 4], 1"),
    COMPOSITE("diagflat(Tensor self, int offset=0) -> Tensor", decompose_diag, "f32[2, 2]"),
    COMPOSITE("diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor", decompose_diag_embed,
              "f32[2, 3]; f32[3], -1"),
    COMPOSITE("combinations(Tensor self, int r=2, bool with_replacement=False) -> Tensor", decompose_combinations,
              "f32[4]; f32[3], 2, True"),
};
const uint32_t ops_rearrange_count = COUNT_OF(ops_rearrange);
