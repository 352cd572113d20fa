/* SPDX-License-Identifier: MIT
 * reshape.c — composite operators on sizes: each is one or two of the views in view.c and split.c, or a copy where
 * the strides leave no view. Named sizes, numpy's names and the shorthands of torch.Tensor are here. */
#include "ops/view.h"

#include "base/error.h"

#include <string.h>

static value self_of(const arg *args) { return arg_as_value(&args[0]); }

static int64_t wrap(int64_t d, uint32_t ndim) { return d < 0 ? d + MAX(ndim, 1) : d; }

/* A dimension argument, checked. */
static bool take_dim(builder *b, const op *o, int64_t d, uint32_t ndim, int64_t *out) {
    *out = wrap(d, ndim);
    if (*out >= 0 && *out < MAX(ndim, 1)) return true;
    builder_fail(b, COT_SHAPE, "%s: dimension %lld is out of range for a tensor of %u dimensions", o->packet,
                 (long long)d, ndim);
    return false;
}

/* ---- reshape ---------------------------------------------------------------------------------------------------- */

static value reshape_to(builder *b, value self, const dim *sizes, uint32_t ndim) {
    const type *t = TYPE_OF(b, self);
    dim strides[COT_MAX_DIMS];
    arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    if (b->status) return NO_VALUE;
    if (view_strides(b->graph->ctx->syms, t, sizes, ndim, strides)) return emit(b, "view", "vD", self, sizes, ndim);
    value copy = emit(b, "clone", "v,memory_format=a", self, &format);
    return emit(b, "_unsafe_view", "vD", copy, sizes, ndim);
}

static value decompose_reshape(builder *b, const op *o, const arg *args) {
    const type *t = TYPE_OF(b, self_of(args));
    shape_call c = {.graph = b->graph,
                    .op = o,
                    .args = args,
                    .arena = b->graph->arena,
                    .syms = b->graph->ctx->syms,
                    .error = b->error};
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim;
    cot_status status = view_sizes(&c, &args[1], type_numel(c.syms, t), sizes, &ndim);
    if (status) {
        builder_failed(b, status);
        return NO_VALUE;
    }
    return reshape_to(b, self_of(args), sizes, ndim);
}

static value decompose_like_other(builder *b, const op *o, const arg *args) {
    const type *other = TYPE_OF(b, arg_as_value(&args[1]));
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = other->ndim;
    if (ndim) memcpy(sizes, other->sizes, ndim * sizeof *sizes);
    if (!strcmp(o->packet, "reshape_as")) return reshape_to(b, self_of(args), sizes, ndim);
    return emit(b, strcmp(o->packet, "expand_as") ? "view" : "expand", "vD", self_of(args), sizes, ndim);
}

static value decompose_flatten(builder *b, const op *o, const arg *args) {
    const type *t = TYPE_OF(b, self_of(args));
    dim sizes[COT_MAX_DIMS], flat = 1;
    int64_t first, last;
    uint32_t ndim = 0;
    if (!take_dim(b, o, arg_as_int(&args[1], 0), t->ndim, &first)) return NO_VALUE;
    if (!take_dim(b, o, arg_as_int(&args[2], -1), t->ndim, &last)) return NO_VALUE;
    if (first > last) {
        builder_fail(b, COT_SHAPE, "flatten: start_dim %lld comes behind end_dim %lld", (long long)first,
                     (long long)last);
        return NO_VALUE;
    }
    if (t->ndim && first == last) return self_of(args);
    for (int64_t i = 0; i < t->ndim; i++) {
        if (i < first || i > last) sizes[ndim++] = t->sizes[i];
        else flat = dim_mul(b->graph->ctx->syms, flat, t->sizes[i]);
        if (i == last) sizes[ndim++] = flat;
    }
    if (t->ndim == 0) sizes[ndim++] = 1;
    return reshape_to(b, self_of(args), sizes, ndim);
}

static value decompose_unflatten(builder *b, const op *o, const arg *args) {
    const type *t = TYPE_OF(b, self_of(args));
    shape_call c = {.graph = b->graph,
                    .op = o,
                    .args = args,
                    .arena = b->graph->arena,
                    .syms = b->graph->ctx->syms,
                    .error = b->error};
    dim sizes[COT_MAX_DIMS], inner[COT_MAX_DIMS];
    uint32_t count, ndim = 0;
    int64_t d;
    if (!take_dim(b, o, arg_as_int(&args[1], 0), t->ndim, &d) || t->ndim == 0) return NO_VALUE;
    cot_status status = view_sizes(&c, &args[2], t->sizes[d], inner, &count);
    if (!status && t->ndim - 1 + count > COT_MAX_DIMS)
        status = fail(b->error, COT_SHAPE, "unflatten: the result has more than %d dimensions", COT_MAX_DIMS);
    if (status) {
        builder_failed(b, status);
        return NO_VALUE;
    }
    for (int64_t i = 0; i < t->ndim; i++) {
        if (i != d) sizes[ndim++] = t->sizes[i];
        for (uint32_t k = 0; i == d && k < count; k++) sizes[ndim++] = inner[k];
    }
    return emit(b, "view", "vD", self_of(args), sizes, ndim);
}

static value decompose_ravel(builder *b, const op *o, const arg *args) {
    int64_t all = -1;
    value v = emit(b, "contiguous", "v", self_of(args));
    UNUSED(o);
    return emit(b, "view", "vI", v, &all, 1u);
}

/* ---- orders of dimensions --------------------------------------------------------------------------------------- */

static value decompose_movedim(builder *b, const op *o, const arg *args) {
    uint32_t ndim = TYPE_OF(b, self_of(args))->ndim, next = 0;
    int64_t from[COT_MAX_DIMS], to[COT_MAX_DIMS], order[COT_MAX_DIMS];
    bool moved[COT_MAX_DIMS] = {0}, taken[COT_MAX_DIMS] = {0};
    uint32_t count = arg_as_ints(&args[1], from, COT_MAX_DIMS);
    if (arg_as_ints(&args[2], to, COT_MAX_DIMS) != count) {
        builder_fail(b, COT_SHAPE, "%s: source and destination differ in length", o->packet);
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!take_dim(b, o, from[i], ndim, &from[i]) || !take_dim(b, o, to[i], ndim, &to[i])) return NO_VALUE;
        if (moved[from[i]] || taken[to[i]]) {
            builder_fail(b, COT_SHAPE, "%s: a dimension is named twice", o->packet);
            return NO_VALUE;
        }
        moved[from[i]] = taken[to[i]] = true;
        order[to[i]] = from[i];
    }
    if (ndim == 0) return emit(b, "alias", "v", self_of(args));
    for (uint32_t i = 0; i < ndim; i++) {
        if (taken[i]) continue;
        while (moved[next]) next++;
        order[i] = next++;
    }
    return emit(b, "permute", "vI", self_of(args), order, ndim);
}

static value decompose_numpy_T(builder *b, const op *o, const arg *args) {
    uint32_t ndim = TYPE_OF(b, self_of(args))->ndim;
    int64_t order[COT_MAX_DIMS];
    UNUSED(o);
    for (uint32_t i = 0; i < ndim; i++) order[i] = ndim - 1 - i;
    return emit(b, "permute", "vI", self_of(args), order, ndim);
}

/* mT, mH, matrix_H, adjoint: the last two dimensions; those with H conjugate as well. */
static value decompose_matrix_T(builder *b, const op *o, const arg *args) {
    const type *t = TYPE_OF(b, self_of(args));
    bool conjugates = strcmp(o->packet, "mT") && dtype_is_complex((cot_dtype)t->dtype);
    if (t->ndim < 2 && !(t->ndim == 0 && strcmp(o->packet, "adjoint"))) {
        builder_fail(b, COT_SHAPE, "%s: self has %u dimensions, expected at least 2", o->packet, t->ndim);
        return NO_VALUE;
    }
    value v = t->ndim ? emit(b, "transpose.int", "vii", self_of(args), (int64_t)-2, (int64_t)-1)
                      : emit(b, "alias", "v", self_of(args));
    return conjugates ? emit(b, "conj_physical", "v", v) : v;
}

/* ---- broadcasting ----------------------------------------------------------------------------------------------- */

static value decompose_broadcast_tensors(builder *b, const op *o, const arg *args) {
    shape_call c = {.graph = b->graph,
                    .op = o,
                    .args = args,
                    .arena = b->graph->arena,
                    .syms = b->graph->ctx->syms,
                    .error = b->error};
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = 0, count = args[0].count;
    value *out = ARENA_ARRAY(b->graph->arena, value, count);
    for (uint32_t i = 0; i < count; i++) {
        const type *t = shape_item(&c, 0, i);
        cot_status status = shape_broadcast(&c, sizes, &ndim, t->sizes, t->ndim);
        if (status) builder_failed(b, status);
    }
    for (uint32_t i = 0; i < count; i++) out[i] = emit(b, "expand", "vD", args[0].list[i].value, sizes, ndim);
    return emit_pack(b, out, count);
}

static value decompose_meshgrid(builder *b, const op *o, const arg *args) {
    uint32_t count = args[0].count;
    bool swapped = o->num_params > 1 && args[1].kind == ARG_STRING && !strcmp(args[1].s, "xy") && count > 1;
    dim shape[COT_MAX_DIMS];
    value *out = ARENA_ARRAY(b->graph->arena, value, count);
    if (count > COT_MAX_DIMS) {
        builder_fail(b, COT_SHAPE, "meshgrid: %u tensors are given, expected at most %d", count, COT_MAX_DIMS);
        return NO_VALUE;
    }
    for (uint32_t k = 0; k < count; k++) {
        const type *t = TYPE_OF(b, args[0].list[swapped && k < 2 ? 1 - k : k].value);
        shape[k] = t->ndim ? t->sizes[0] : 1;
    }
    for (uint32_t k = 0; k < count; k++) {
        uint32_t from = swapped && k < 2 ? 1 - k : k;
        int64_t sizes[COT_MAX_DIMS];
        for (uint32_t i = 0; i < count; i++) sizes[i] = i == k ? -1 : 1;
        value v = emit(b, "view", "vI", args[0].list[from].value, sizes, count);
        out[k] = emit(b, "expand", "vD", v, shape, count);
    }
    if (!swapped) return emit_pack(b, out, count);
    value first = out[0];
    out[0] = out[1], out[1] = first;
    return emit_pack(b, out, count);
}

/* ---- at least so many dimensions -------------------------------------------------------------------------------- */

static value at_least(builder *b, value v, uint32_t wanted) {
    static const int64_t one[] = {1, 1, 1};
    uint32_t ndim = TYPE_OF(b, v)->ndim;
    if (ndim >= wanted) return v;
    if (ndim == 0) return emit(b, "reshape", "vI", v, one, wanted);
    if (ndim == 1) v = emit(b, "unsqueeze", "vi", v, (int64_t)0);
    return wanted == 3 ? emit(b, "unsqueeze", "vi", v, (int64_t)-1) : v;
}

static value decompose_atleast(builder *b, const op *o, const arg *args) {
    uint32_t wanted = (uint32_t)(o->packet[8] - '0'); /* atleast_1d */
    if (args[0].kind != ARG_LIST) return at_least(b, self_of(args), wanted);
    value *out = ARENA_ARRAY(b->graph->arena, value, args[0].count);
    for (uint32_t i = 0; i < args[0].count; i++) out[i] = at_least(b, args[0].list[i].value, wanted);
    return emit_pack(b, out, args[0].count);
}

/* ---- narrow ----------------------------------------------------------------------------------------------------- */

static value decompose_narrow(builder *b, const op *o, const arg *args) {
    const type *t = TYPE_OF(b, self_of(args));
    syms *s = b->graph->ctx->syms;
    int64_t d;
    if (!take_dim(b, o, arg_as_int(&args[1], 0), t->ndim, &d) || t->ndim == 0) return NO_VALUE;
    dim size = t->sizes[d], length = arg_as_dim(b->graph, &args[3]), start = arg_as_dim(b->graph, &args[2]);
    if (args[2].kind == ARG_INT && args[2].i < 0) start = dim_add(s, size, dim_negative(s, args[2].i));
    if (dim_is_static(size) && dim_is_static(start) && dim_is_static(length) && start + length > size) {
        builder_fail(b, COT_SHAPE, "%s: start %lld and length %lld exceed the size %lld of dimension %lld", o->packet,
                     (long long)start, (long long)length, (long long)size, (long long)d);
        return NO_VALUE;
    }
    value v = emit(b, "slice.Tensor", "vidd", self_of(args), d, start, dim_add(s, start, length));
    arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    return strcmp(o->packet, "narrow_copy") ? v : emit(b, "clone", "v,memory_format=a", v, &format);
}

/* ---- parts of complex numbers ----------------------------------------------------------------------------------- */

static value decompose_real(builder *b, const op *o, const arg *args) {
    bool complex = dtype_is_complex((cot_dtype)TYPE_OF(b, self_of(args))->dtype);
    bool real = !strcmp(o->packet, "real");
    if (!complex && real) return self_of(args);
    if (!complex) {
        builder_fail(b, COT_REFUSED, "imag is not implemented for tensors with non-complex dtypes.");
        return NO_VALUE;
    }
    value v = emit(b, "view_as_real", "v", self_of(args));
    return emit(b, "select.int", "vii", v, (int64_t)-1, (int64_t)!real);
}

/* There are no lazy conjugates or negations here: they are resolved when they are made. */
static value decompose_self(builder *b, const op *o, const arg *args) {
    UNUSED(b), UNUSED(o);
    return self_of(args);
}

static value decompose_contiguous(builder *b, const op *o, const arg *args) {
    const type *t = TYPE_OF(b, self_of(args));
    shape_call c = {.graph = b->graph, .op = o, .args = args, .arena = b->graph->arena, .syms = b->graph->ctx->syms};
    dim strides[COT_MAX_DIMS];
    shape_format_strides(&c, args[1].s, t->sizes, t->ndim, strides);
    bool same = true;
    for (uint32_t i = 0; i < t->ndim; i++)
        if (!dim_equal(strides[i], t->strides[i]) && !dim_is_one(t->sizes[i])) same = false;
    if (same || type_numel(c.syms, t) == 0) return self_of(args);
    return emit(b, "clone", "v,memory_format=a", self_of(args), &args[1]);
}

static value decompose_conj(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    if (!dtype_is_complex((cot_dtype)TYPE_OF(b, self_of(args))->dtype)) return self_of(args);
    return emit(b, "conj_physical", "v", self_of(args));
}

#define COMPOSITE(schema_, fn, samples_)                                                                               \
    { .schema = schema_, .decompose_fn = fn, .traits = OP_COMPOSITE, .samples = samples_ }
#define LINE(schema_, text, samples_)                                                                                  \
    { .schema = schema_, .decompose = text, .traits = OP_COMPOSITE, .samples = samples_ }

const op_record ops_reshape[] = {
    COMPOSITE("reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)", decompose_reshape,
              "f32[2, 6], [3, -1]; f32[0, 2], [2, 0]"),
    COMPOSITE("reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)", decompose_like_other, "f32[2, 6], f32[3, 4]"),
    COMPOSITE("view_as(Tensor(a) self, Tensor other) -> Tensor(a)", decompose_like_other, "f32[2, 6], f32[3, 4]"),
    COMPOSITE("expand_as(Tensor(a) self, Tensor other) -> Tensor(a)", decompose_like_other, "f32[3, 1], f32[2, 3, 4]"),
    LINE("broadcast_to(Tensor(a) self, SymInt[] size) -> Tensor(a)", "expand(self, size)", "f32[3, 1], [3, 4]"),
    COMPOSITE("broadcast_tensors(Tensor[] tensors) -> Tensor[]", decompose_broadcast_tensors, "[f32[3, 1], f32[4]]"),
    COMPOSITE("meshgrid(Tensor[] tensors) -> Tensor[]", decompose_meshgrid, "[f32[3], f32[4]]"),
    COMPOSITE("meshgrid.indexing(Tensor[] tensors, *, str indexing) -> Tensor[]", decompose_meshgrid,
              "[f32[3], f32[4]], indexing = 'xy'"),
    COMPOSITE("flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)", decompose_flatten,
              "f32[2, 3, 4], 1; f32[]; f32[2, 3], 1, 1"),
    COMPOSITE("unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a)", decompose_unflatten,
              "f32[2, 6], 1, [2, -1]"),
    COMPOSITE("ravel(Tensor(a) self) -> Tensor(a)", decompose_ravel, "f32[2, 3]"),
    COMPOSITE("movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)", decompose_movedim,
              "f32[2, 3, 4], [0, 1], [-1, 0]"),
    COMPOSITE("movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)", decompose_movedim,
              "f32[2, 3, 4], 0, 2"),
    COMPOSITE("moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)", decompose_movedim,
              "f32[2, 3, 4], [0, 1], [-1, 0]"),
    COMPOSITE("moveaxis.int(Tensor(a) self, int source, int destination) -> Tensor(a)", decompose_movedim,
              "f32[2, 3, 4], 0, 2"),
    LINE("swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)", "transpose(self, axis0, axis1)",
         "f32[2, 3], 0, 1"),
    LINE("swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", "transpose(self, dim0, dim1)", "f32[2, 3], 0, 1"),
    COMPOSITE("numpy_T(Tensor(a) self) -> Tensor(a)", decompose_numpy_T, "f32[2, 3, 4]"),
    COMPOSITE("mT(Tensor(a) self) -> Tensor(a)", decompose_matrix_T, "f32[2, 3, 4]"),
    COMPOSITE("mH(Tensor(a) self) -> Tensor(a)", decompose_matrix_T, "f32[2, 3, 4]"),
    COMPOSITE("matrix_H(Tensor(a) self) -> Tensor(a)", decompose_matrix_T, "f32[2, 3]"),
    COMPOSITE("adjoint(Tensor(a) self) -> Tensor(a)", decompose_matrix_T, "f32[2, 3, 4]"),
    COMPOSITE("atleast_1d(Tensor self) -> Tensor", decompose_atleast, "f32[]; f32[2]"),
    COMPOSITE("atleast_1d.Sequence(Tensor[] tensors) -> Tensor[]", decompose_atleast, "[f32[], f32[2]]"),
    COMPOSITE("atleast_2d(Tensor self) -> Tensor", decompose_atleast, "f32[]; f32[2]; f32[2, 3]"),
    COMPOSITE("atleast_2d.Sequence(Tensor[] tensors) -> Tensor[]", decompose_atleast, "[f32[], f32[2]]"),
    COMPOSITE("atleast_3d(Tensor self) -> Tensor", decompose_atleast, "f32[]; f32[2]; f32[2, 3]"),
    COMPOSITE("atleast_3d.Sequence(Tensor[] tensors) -> Tensor[]", decompose_atleast, "[f32[], f32[2]]"),
    COMPOSITE("narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a)", decompose_narrow,
              "f32[5, 2], 0, 1, 3"),
    COMPOSITE("narrow_copy(Tensor self, int dim, SymInt start, SymInt length) -> Tensor", decompose_narrow,
              "f32[5, 2], 0, 1, 3"),
    COMPOSITE("contiguous(Tensor(a) self, *, MemoryFormat memory_format=contiguous_format) -> Tensor(a)",
              decompose_contiguous, "f32[2, 3]"),
    COMPOSITE("real(Tensor(a) self) -> Tensor(a)", decompose_real, "f32[2]"),
    COMPOSITE("imag(Tensor(a) self) -> Tensor(a)", decompose_real, "c64[2]"),
    COMPOSITE("conj(Tensor(a) self) -> Tensor(a)", decompose_conj, "f32[2]"),
    COMPOSITE("_conj(Tensor(a) self) -> Tensor(a)", decompose_conj, "f32[2]"),
    COMPOSITE("resolve_conj(Tensor(a) self) -> Tensor(a)", decompose_self, "f32[2]"),
    COMPOSITE("resolve_neg(Tensor(a) self) -> Tensor(a)", decompose_self, "f32[2]"),
    COMPOSITE("pin_memory(Tensor(a) self, Device? device=None) -> Tensor(a)", decompose_self, "f32[2]"),
};
const uint32_t ops_reshape_count = COUNT_OF(ops_reshape);
