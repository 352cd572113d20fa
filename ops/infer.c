/* SPDX-License-Identifier: MIT
 * infer.c — the type of a call, and taking composite operators apart.
 *
 * An in-place call has the type of the operand it writes; a `_copy` call that of its view, made contiguous; a composite
 * operator without a rule of its own has the type that its decomposition has on a scratch graph. */
#include "ops/emit.h"
#include "ops/shape.h"

#include "base/error.h"

#define DEEPEST_DECOMPOSITION 64

static cot_status run_rule(cot_graph *g, const op *o, const op_record *record, const arg *args, type *result,
                           cot_error *error) {
    shape_call c = {.graph = g, .op = o, .args = args, .arena = g->arena, .syms = g->ctx->syms, .error = error};
    TRY(record->shape(&c));
    *result = c.result;
    return COT_OK;
}

/* ---- composites ------------------------------------------------------------------------------------------------- */

static cot_status infer_composite(cot_graph *g, const op *o, const arg *args, type *result, cot_error *error) {
    cot_graph *scratch = graph_create(g->ctx, "scratch");
    builder s;
    builder_init(&s, scratch, error);
    scratch->expected = g->expected;
    s.decompose = true;
    arg *moved = ARENA_ARRAY(scratch->arena, arg, o->num_params);
    for (uint32_t i = 0; i < o->num_params; i++) moved[i] = emit_argument_placeholders(&s, g, &args[i]);
    value v = decompose(&s, o, moved);
    cot_status status = s.status;
    if (status == COT_OK && v == NO_VALUE)
        status = fail(error, COT_INTERNAL, "%s has neither a shape rule nor a decomposition", o->name);
    if (status == COT_OK) *result = type_copy(g->arena, graph_type(scratch, v));
    graph_destroy(scratch);
    return status;
}

/* ---- derived forms ---------------------------------------------------------------------------------------------- */

static void make_contiguous(cot_graph *g, type *t) {
    if (t->kind == TYPE_TENSOR) *t = type_tensor(g->arena, g->ctx->syms, t->dtype, t->sizes, t->ndim);
    if (t->kind != TYPE_TUPLE) return;
    type *parts = arena_copy(g->arena, t->parts, t->count * sizeof(type));
    for (uint32_t i = 0; i < t->count; i++) make_contiguous(g, &parts[i]);
    t->parts = parts;
}

static bool same_sizes(const type *a, const type *b) {
    if (a->ndim != b->ndim) return false;
    for (uint32_t i = 0; i < a->ndim; i++)
        if (!dim_equal(a->sizes[i], b->sizes[i])) return false;
    return true;
}

static const char *print_sizes(cot_graph *g, const type *t) {
    text out = {.arena = g->arena};
    text_add(&out, "[");
    for (uint32_t i = 0; i < t->ndim; i++) {
        if (i) text_add(&out, ", ");
        dim_print(g->ctx->syms, t->sizes[i], &out);
    }
    text_add(&out, "]");
    return out.data;
}

/* What c10 calls a dtype. */
static const char *scalar_type(uint8_t dtype) {
    static const char *const names[COT_DTYPE_COUNT] = {
        [COT_F32] = "Float", [COT_F64] = "Double", [COT_F16] = "Half",         [COT_BF16] = "BFloat16",
        [COT_I64] = "Long",  [COT_I32] = "Int",    [COT_I16] = "Short",        [COT_I8] = "Char",
        [COT_U8] = "Byte",   [COT_BOOL] = "Bool",  [COT_C64] = "ComplexFloat", [COT_C128] = "ComplexDouble",
    };
    return names[dtype];
}

/* Complex to real, float to integer and anything to bool lose too much. */
static bool can_cast(uint8_t from, uint8_t to) {
    bool to_complex = dtype_is_complex(to), to_float = to_complex || dtype_is_float(to);
    if (dtype_is_complex(from) && !to_complex) return false;
    if ((dtype_is_complex(from) || dtype_is_float(from)) && !to_float) return false;
    return to != COT_BOOL || from == COT_BOOL;
}

cot_status infer_written(cot_graph *g, const type *self, const type *result, cot_error *error) {
    if (!same_sizes(self, result))
        return fail(error, COT_SHAPE, "output with shape %s doesn't match the broadcast shape %s", print_sizes(g, self),
                    print_sizes(g, result));
    if (!can_cast(result->dtype, self->dtype))
        return fail(error, COT_SHAPE, "result type %s can't be cast to the desired output type %s",
                    scalar_type(result->dtype), scalar_type(self->dtype));
    return COT_OK;
}

/* The functional form must give what fits into the written operand. */
static cot_status infer_inplace(cot_graph *g, const op *o, const arg *args, type *result, cot_error *error) {
    const type self = *graph_type(g, arg_as_value(&args[0]));
    type computed;
    TRY(infer_type(g, o->functional, args, &computed, error));
    if (o->functional->traits & OP_VIEW) { /* squeeze_ and its like change sizes, not elements */
        *result = computed;
        return COT_OK;
    }
    TRY(infer_written(g, &self, &computed, error));
    *result = self;
    return COT_OK;
}

cot_status infer_type(cot_graph *g, const op *o, const arg *args, type *result, cot_error *error) {
    if (o->functional) return infer_inplace(g, o, args, result, error);
    if (o->view) {
        TRY(infer_type(g, o->view, args, result, error));
        make_contiguous(g, result);
        return COT_OK;
    }
    if (o->record->shape) return run_rule(g, o, o->record, args, result, error);
    if (o->traits & OP_COMPOSITE) return infer_composite(g, o, args, result, error);
    if (o->traits & OP_MUTATES) {
        uint32_t i = 0;
        while (!o->params[i].writes) i++;
        *result = o->num_returns ? *graph_type(g, arg_as_value(&args[i])) : (type){0};
        return COT_OK;
    }
    if (o->num_returns == 0) {
        *result = (type){0};
        return COT_OK;
    }
    return fail(error, COT_INTERNAL, "%s has no shape rule", o->name);
}

/* ---- decomposition ---------------------------------------------------------------------------------------------- */

static value clone_contiguous(builder *b, value v) {
    arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    return emit(b, "clone", "v,memory_format=a", v, &format);
}

static value decompose_copy(builder *b, const op *o, const arg *args) {
    value view = emit_bound(b, o->view, args, NULL);
    const type *t = TYPE_OF(b, view);
    if (view == NO_VALUE || t->kind != TYPE_TUPLE) return view == NO_VALUE ? view : clone_contiguous(b, view);
    uint32_t count = t->count;
    value *parts = ARENA_ARRAY(b->graph->arena, value, count);
    for (uint32_t i = 0; i < count; i++) parts[i] = clone_contiguous(b, emit_get(b, view, i));
    return emit_pack(b, parts, count);
}

static value decompose_expression(builder *b, const op *o, const arg *args) {
    const char **names = ARENA_ARRAY(b->graph->arena, const char *, o->num_params);
    for (uint32_t i = 0; i < o->num_params; i++) names[i] = o->params[i].name;
    return emit_expression(b, o->record->decompose, names, args, o->num_params);
}

value decompose(builder *b, const op *o, const arg *args) {
    if (b->status || o->functional) return NO_VALUE;
    if (b->depth >= DEEPEST_DECOMPOSITION) {
        builder_fail(b, COT_INTERNAL, "the decomposition of %s does not end", o->name);
        return NO_VALUE;
    }
    value v = NO_VALUE;
    b->depth++;
    if (o->view) v = decompose_copy(b, o, args);
    else if (o->record->decompose_fn) v = o->record->decompose_fn(b, o, args);
    else if (o->record->decompose) v = decompose_expression(b, o, args);
    b->depth--;
    return v;
}
