/* SPDX-License-Identifier: MIT
 * vmap_mark.c — vmap as export writes it: calls that begin and end a region, give values of one example, and put
 * examples together again. Between them the program speaks of one example.
 *
 *     torch._functorch.predispatch._vmap_increment_nesting(4, 'error')
 *     x = torch._functorch.predispatch._add_batch_dim(xs, 0, 1)            # of xs along dimension 0, at level 1
 *     ys = torch._functorch.predispatch._remove_batch_dim(y, 1, 4, 0)
 *     torch._functorch.predispatch._vmap_decrement_nesting()
 *
 * And derivatives as Dynamo writes torch.func: _wrap_for_grad makes an input of a derivative, _autograd_grad asks for
 * gradients, _make_dual gives a tensor a tangent, _unpack_dual takes what has become of it.
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

static cot_status need_tensor(const cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    *result = *graph_type(g, nargs ? arg_as_value(&args[0]) : NO_VALUE);
    return result->kind == TYPE_TENSOR ? COT_OK : fail(error, COT_SCHEMA, "a mark of torch.func: expected a tensor");
}

static cot_status shape_same(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    return need_tensor(g, args, nargs, result, error);
}

static cot_status shape_wrap(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    TRY(need_tensor(g, args, nargs, result, error));
    if (nargs == 2 && is_level(&args[1])) return COT_OK;
    return fail(error, COT_SCHEMA, "_wrap_for_grad: expected a tensor and a level");
}

static cot_status shape_derive(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs < 2 || !control_is_list(&args[0]) || !control_is_list(&args[1]))
        return fail(error, COT_SCHEMA, "_autograd_grad: expected outputs and inputs, two lists");
    type *parts = ARENA_ARRAY(g->arena, type, args[1].count);
    for (uint32_t i = 0; i < args[1].count; i++) {
        type t;
        TRY(need_tensor(g, &args[1].list[i], 1, &t, error));
        parts[i] = type_tensor(g->arena, g->ctx->syms, (cot_dtype)t.dtype, t.sizes, t.ndim);
    }
    *result = type_tuple(g->arena, parts, args[1].count);
    return COT_OK;
}

static cot_status shape_dual(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    type tangent;
    TRY(need_tensor(g, args, nargs, result, error));
    TRY(need_tensor(g, args + 1, nargs - 1, &tangent, error));
    if (type_equal(result, &tangent, false)) return COT_OK;
    return fail(error, COT_SHAPE, "_make_dual: a tangent is to have the sizes and the dtype of its tensor");
}

static cot_status shape_unpack(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    type parts[2];
    TRY(need_tensor(g, args, nargs, &parts[0], error));
    parts[1] = parts[0];
    *result = type_tuple(g->arena, parts, 2);
    return COT_OK;
}

static const control_hooks begin = {.shape = shape_begin, .batch_mark = BATCH_MARK_BEGIN};
static const control_hooks end = {.shape = shape_nothing, .batch_mark = BATCH_MARK_END};
static const control_hooks add = {.shape = shape_add, .batch_mark = BATCH_MARK_ADD};
static const control_hooks take_away = {.shape = shape_remove, .batch_mark = BATCH_MARK_REMOVE};
static const control_hooks same = {.shape = shape_same, .batch_mark = BATCH_MARK_SAME};
static const control_hooks open_level = {.shape = shape_nothing, .batch_mark = BATCH_MARK_OPEN};
static const control_hooks close_level = {.shape = shape_nothing, .batch_mark = BATCH_MARK_CLOSE};
static const control_hooks wrap = {.shape = shape_wrap, .batch_mark = BATCH_MARK_WRAP};
static const control_hooks gradients = {.shape = shape_derive, .batch_mark = BATCH_MARK_DERIVE};
static const control_hooks dual = {.shape = shape_dual, .batch_mark = BATCH_MARK_DUAL};
static const control_hooks unpack = {.shape = shape_unpack, .batch_mark = BATCH_MARK_UNPACK};
static const control_hooks nothing = {.shape = shape_nothing, .batch_mark = BATCH_MARK_NOTHING};

#define MARK(name, traits_, hooks)                                                                                     \
    { .schema = "torch::" name, .traits = OP_CONTROL | (traits_), .control = &hooks }
#define FUNC "_functorch.predispatch."
#define C_FUNC "_C._functorch."
#define EAGER "_functorch.eager_transforms."

const op_record ops_vmap_mark[] = {
    MARK(FUNC "lazy_load_decompositions", OP_EFFECT, nothing),
    MARK(FUNC "_vmap_increment_nesting", OP_EFFECT, begin),
    MARK(FUNC "_vmap_decrement_nesting", OP_EFFECT, end),
    MARK(FUNC "_add_batch_dim", 0, add),
    MARK(FUNC "_remove_batch_dim", 0, take_away),
    MARK(FUNC "_unwrap_for_grad", 0, same),
    MARK(C_FUNC "_grad_increment_nesting", OP_EFFECT, open_level),
    MARK(C_FUNC "_grad_decrement_nesting", OP_EFFECT, close_level),
    MARK(C_FUNC "_wrap_for_grad", 0, wrap),
    MARK(C_FUNC "_unwrap_for_grad", 0, same),
    MARK(C_FUNC "set_inplace_requires_grad_allowed", OP_EFFECT, nothing),
    MARK(EAGER "_set_tensor_requires_grad", 0, same),
    MARK(EAGER "_autograd_grad", 0, gradients),
    MARK(FUNC "_jvp_increment_nesting", OP_EFFECT, open_level),
    MARK(FUNC "_jvp_decrement_nesting", OP_EFFECT, close_level),
    MARK(FUNC "_enter_dual_level", OP_EFFECT, nothing),
    MARK(FUNC "_exit_dual_level", OP_EFFECT, nothing),
    MARK(FUNC "_make_dual", 0, dual),
    MARK(FUNC "_unpack_dual", 0, unpack),
    MARK("_C._set_fwd_grad_enabled", OP_EFFECT, nothing),
    MARK("_C._autograd._saved_tensors_hooks_disable", OP_EFFECT, nothing),
    MARK("_C._autograd._saved_tensors_hooks_enable", OP_EFFECT, nothing),
    MARK("autograd.forward_ad._maybe_load_decompositions", OP_EFFECT, nothing),
};
const uint32_t ops_vmap_mark_count = COUNT_OF(ops_vmap_mark);
