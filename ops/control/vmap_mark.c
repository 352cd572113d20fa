/* SPDX-License-Identifier: MIT
 * vmap_mark.c — vmap as export writes it: calls that begin and end a region, give values of one example, and put
 * examples together again. Between them the program speaks of one example.
 *
 *     torch._functorch.predispatch._vmap_increment_nesting(4, 'error')
 *     x = torch._functorch.predispatch._add_batch_dim(xs, 0, 1)            # of xs along dimension 0, at level 1
 *     ys = torch._functorch.predispatch._remove_batch_dim(y, 1, 4, 0)
 *     torch._functorch.predispatch._vmap_decrement_nesting()
 *
 * Behind transforms/marks.c there are no marks. */
#include "ops/control/control.h"

#include "base/error.h"

static cot_status shape_nothing(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    UNUSED(g), UNUSED(args), UNUSED(nargs), UNUSED(error);
    *result = (type){0};
    return COT_OK;
}

static cot_status shape_begin(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    *result = (type){0};
    if (nargs == 2 && args[1].kind == ARG_STRING && arg_as_dim(g, &args[0]) != DIM_ERROR) return COT_OK;
    return fail(error, COT_SCHEMA, "_vmap_increment_nesting: expected a batch size and a randomness");
}

static bool is_level(const arg *a) { return a->kind == ARG_INT && a->i > 0; }

static cot_status shape_add(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    const type *t = graph_type(g, nargs ? arg_as_value(&args[0]) : NO_VALUE);
    if (nargs != 3 || t->kind != TYPE_TENSOR || args[1].kind != ARG_INT || !is_level(&args[2]))
        return fail(error, COT_SCHEMA, "_add_batch_dim: expected a tensor, a dimension and a level");
    const int64_t d = args[1].i < 0 ? args[1].i + t->ndim : args[1].i;
    if (d < 0 || d >= t->ndim)
        return fail(error, COT_SHAPE, "_add_batch_dim: dimension %lld of a tensor with %u dimensions",
                    (long long)args[1].i, t->ndim);
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    for (uint32_t i = 0, n = 0; i < t->ndim; i++) {
        if (i == d) continue;
        sizes[n] = t->sizes[i];
        strides[n++] = t->strides[i];
    }
    *result = type_strided(g->arena, (cot_dtype)t->dtype, sizes, strides, t->ndim - 1u, t->offset);
    return COT_OK;
}

static cot_status shape_remove(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    const type *t = graph_type(g, nargs ? arg_as_value(&args[0]) : NO_VALUE);
    if (nargs != 4 || t->kind != TYPE_TENSOR || !is_level(&args[1]) || args[3].kind != ARG_INT)
        return fail(error, COT_SCHEMA, "_remove_batch_dim: expected a tensor, a level, a batch size and a dimension");
    const int64_t rank = t->ndim + 1, d = args[3].i < 0 ? args[3].i + rank : args[3].i;
    if (d < 0 || d >= rank || rank > COT_MAX_DIMS)
        return fail(error, COT_SHAPE, "_remove_batch_dim: dimension %lld of a tensor with %lld dimensions",
                    (long long)args[3].i, (long long)rank);
    dim sizes[COT_MAX_DIMS];
    for (int64_t i = 0; i < rank; i++) sizes[i] = i == d ? arg_as_dim(g, &args[2]) : t->sizes[i - (i > d)];
    *result = type_tensor(g->arena, g->ctx->syms, (cot_dtype)t->dtype, sizes, (uint32_t)rank);
    return COT_OK;
}

/* The wrapping of torch.func.grad is nothing here: what is inside has been differentiated. */
static cot_status shape_same(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    const type *t = graph_type(g, nargs ? arg_as_value(&args[0]) : NO_VALUE);
    *result = *t;
    if (nargs == 2 && t->kind == TYPE_TENSOR && is_level(&args[1])) return COT_OK;
    return fail(error, COT_SCHEMA, "_unwrap_for_grad: expected a tensor and a level");
}

static const control_hooks begin = {.shape = shape_begin, .batch_mark = BATCH_MARK_BEGIN};
static const control_hooks end = {.shape = shape_nothing, .batch_mark = BATCH_MARK_END};
static const control_hooks add = {.shape = shape_add, .batch_mark = BATCH_MARK_ADD};
static const control_hooks take_away = {.shape = shape_remove, .batch_mark = BATCH_MARK_REMOVE};
static const control_hooks same = {.shape = shape_same, .batch_mark = BATCH_MARK_SAME};
static const control_hooks nothing = {.shape = shape_nothing, .batch_mark = BATCH_MARK_NOTHING};

#define MARK(name, traits_, hooks)                                                                                     \
    { .schema = "torch::_functorch.predispatch." name, .traits = OP_CONTROL | (traits_), .control = &hooks }

const op_record ops_vmap_mark[] = {
    MARK("lazy_load_decompositions", OP_EFFECT, nothing),
    MARK("_vmap_increment_nesting", OP_EFFECT, begin),
    MARK("_vmap_decrement_nesting", OP_EFFECT, end),
    MARK("_add_batch_dim", 0, add),
    MARK("_remove_batch_dim", 0, take_away),
    MARK("_unwrap_for_grad", 0, same),
};
const uint32_t ops_vmap_mark_count = COUNT_OF(ops_vmap_mark);
