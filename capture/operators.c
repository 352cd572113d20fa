/* SPDX-License-Identifier: MIT
 * operators.c — calls of operators that call another operator, which they are given by its name: with an effect's
 * token, under a state of random numbers, as a function of what it writes; and methods of objects. */
#include "capture/capture.h"

#include <cotangent/control.h>
#include <string.h>

static cot_argument of_value(cot_value v) { return (cot_argument){.kind = COT_ARGUMENT_VALUE, .value = v}; }

static cot_argument of_operator(const char *name) {
    return (cot_argument){.kind = COT_ARGUMENT_OPERATOR, .text = name};
}

/* `head`, then the operator's arguments. */
static cot_value call_inner(cot_builder *b, const char *outer, const cot_argument *head, uint32_t num_head,
                            const cot_argument *arguments, uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    cot_argument *all = ARENA_ARRAY(b->b.graph->arena, cot_argument, num_head + count);
    for (uint32_t i = 0; i < num_head; i++) all[i] = head[i];
    for (uint32_t i = 0; i < count; i++) all[num_head + i] = arguments[i];
    UNGUARDED();
    return cot_call(b, outer, all, num_head + count);
}

cot_value cot_with_effects(cot_builder *b, cot_value token, const char *name, const cot_argument *arguments,
                           uint32_t count) {
    if (token == COT_NO_VALUE) token = cot_call(b, "prims._make_token.default", NULL, 0);
    return call_inner(b, "higher_order.with_effects", (cot_argument[]){of_value(token), of_operator(name)}, 2,
                      arguments, count);
}

void cot_sink_token(cot_builder *b, cot_value token) {
    cot_call(b, "prims._sink_tokens.default",
             &(cot_argument){.kind = COT_ARGUMENT_VALUES, .values = &token, .count = 1}, 1);
}

cot_value cot_save_rng_state(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count) {
    return call_inner(b, "higher_order.run_and_save_rng_state", (cot_argument[]){of_operator(name)}, 1, arguments,
                      count);
}

cot_value cot_with_rng_state(cot_builder *b, cot_value state, const char *name, const cot_argument *arguments,
                             uint32_t count) {
    return call_inner(b, "higher_order.run_with_rng_state", (cot_argument[]){of_value(state), of_operator(name)}, 2,
                      arguments, count);
}

/* ---- operators that write ---------------------------------------------------------------------------------------- */

typedef struct functionalized {
    cot_builder *b;
    cot_argument *made;
    cot_value *bases;
    uint32_t count, num_bases;
} functionalized;

static const char *word(const functionalized *f, const char *format, const char *name) {
    return arena_printf(f->b->b.graph->arena, format, name);
}

/* A written argument is named by its number among the bases. */
static void add_base(functionalized *f, const char *name, cot_value v) {
    cot_argument index = {.kind = COT_ARGUMENT_NONE, .keyword = word(f, "_%s_base_index", name)};
    if (v != COT_NO_VALUE) {
        index.kind = COT_ARGUMENT_INT;
        index.integer = f->num_bases;
        f->bases[f->num_bases++] = v;
    }
    f->made[f->count++] = index;
}

static const cot_argument *given(const cot_argument *arguments, uint32_t count, const op *o, uint32_t p) {
    for (uint32_t i = 0; i < count; i++)
        if (arguments[i].keyword ? !strcmp(arguments[i].keyword, o->params[p].name) : i == p) return &arguments[i];
    return NULL;
}

static void add_read(functionalized *f, const char *name, const cot_argument *a) {
    if (!a) return;
    f->made[f->count] = *a;
    f->made[f->count++].keyword = name;
}

static void add_written(functionalized *f, const op *o, uint32_t p, const cot_argument *a) {
    const char *name = o->params[p].name;
    if (!o->params[p].list) {
        add_base(f, name, a && a->kind == COT_ARGUMENT_VALUE ? a->value : COT_NO_VALUE);
    } else {
        const uint32_t items = a && a->kind == COT_ARGUMENT_VALUES ? a->count : 0;
        f->made[f->count++] =
            (cot_argument){.kind = COT_ARGUMENT_INT, .keyword = word(f, "_%s_length", name), .integer = (int64_t)items};
        for (uint32_t i = 0; i < items; i++)
            add_base(f, arena_printf(f->b->b.graph->arena, "%s_%u", name, i), a->values[i]);
    }
}

static uint32_t count_tensors(const cot_argument *arguments, uint32_t count) {
    uint32_t total = 0;
    for (uint32_t i = 0; i < count; i++)
        total += 1 + (arguments[i].kind == COT_ARGUMENT_VALUES ? arguments[i].count : 0);
    return total;
}

cot_value cot_auto_functionalized(cot_builder *b, const char *name, const cot_argument *arguments, uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    arena *a = b->b.graph->arena;
    const op *o = op_find(b->b.graph->ctx, name);
    const uint32_t room = 2 + count_tensors(arguments, count) + (o ? o->num_params : 0u);
    functionalized f = {b, ARENA_ARRAY(a, cot_argument, room), ARENA_ARRAY(a, cot_value, room), 0, 0};
    if (!o || !(o->traits & OP_MUTATES))
        builder_fail(&b->b, o ? COT_INVALID : COT_UNKNOWN_OPERATOR,
                     o ? "auto_functionalized: %s writes nothing" : "auto_functionalized: there is no operator %s",
                     name);
    f.made[f.count++] = of_operator(name);
    for (uint32_t p = 0; o && p < o->num_params; p++)
        if (!o->params[p].writes) add_read(&f, o->params[p].name, given(arguments, count, o, p));
    for (uint32_t p = 0; o && p < o->num_params; p++)
        if (o->params[p].writes) add_written(&f, o, p, given(arguments, count, o, p));
    f.made[f.count++] =
        (cot_argument){.kind = COT_ARGUMENT_VALUES, .keyword = "_all_bases", .values = f.bases, .count = f.num_bases};
    UNGUARDED();
    return cot_call(b, "higher_order.auto_functionalized_v2", f.made, f.count);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

cot_value cot_object(cot_builder *b, const char *name) {
    GUARDED(b, COT_NO_VALUE);
    cot_graph *g = b->b.graph;
    const type t = {0};
    value v = NO_VALUE;
    if (b->outer || !name)
        builder_fail(&b->b, COT_INVALID, b->outer ? "a body's inputs are its operands" : "an object needs a name");
    else if (builder_in_scope(b)) v = emit_placeholder(&b->b, name, &t);
    if (v != NO_VALUE)
        *VEC_PUSH(g->arena, &g->input_specs) = (input_spec){.node = v,
                                                            .kind = INPUT_CUSTOM_OBJ,
                                                            .persistent = -1,
                                                            .target = arena_string(g->arena, name, strlen(name))};
    const cot_value made = value_public(b, v);
    UNGUARDED();
    return made;
}

cot_value cot_call_method(cot_builder *b, cot_value object, const char *method, const cot_argument *arguments,
                          uint32_t count) {
    const cot_argument head[] = {of_value(object), {.kind = COT_ARGUMENT_TEXT, .text = method}};
    return call_inner(b, "higher_order.call_torchbind", head, 2, arguments, count);
}
