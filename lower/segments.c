/* SPDX-License-Identifier: MIT
 * segments.c — loops that keep their carries once for each segment. */
#include "lower/segments.h"

#include "ops/control.h"
#include "ops/emit.h"

enum {
    SHARE = 4,    /* of the budget that the rows of one loop may take: a quarter */
    SHORTEST = 4, /* iterations of a segment */
    LONGEST = 1 << 20,
    UNKNOWN_SIZE = 4096, /* of a symbolic dimension */
};

typedef struct segmenter {
    const cot_graph *from;
    builder b;
    uint64_t budget;
    bool *differentiated; /* by value: may have a gradient */
    arena *scratch;
} segmenter;

/* ---- which loops ------------------------------------------------------------------------------------------------ */

static void ask(void *user, value v) {
    const segmenter *s = ((void **)user)[0];
    *(bool *)((void **)user)[1] |= s->differentiated[v];
}

static void find_differentiated(segmenter *s) {
    const cot_graph *g = s->from;
    for (uint32_t i = 0; i < g->inputs.count && i < g->input_specs.count; i++)
        s->differentiated[g->inputs.data[i]] = g->input_specs.data[i].requires_grad;
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (n->flags & NODE_NO_GRAD || n->op->traits & OP_NO_HISTORY) continue;
        void *pair[2] = {s, &s->differentiated[v]};
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], ask, pair);
    }
}

static const cot_graph *body_of(const cot_graph *g, value attribute) {
    const node *n = graph_node(g, attribute);
    return graph_child(g, n->target ? n->target : n->name);
}

static bool is_loop(const segmenter *s, value v, control_form *form) {
    const node *n = graph_node(s->from, v);
    const control_hooks *hooks = n->op->record ? n->op->record->control : NULL;
    if (!hooks || !hooks->run || !s->differentiated[v] || n->type.kind != TYPE_TUPLE) return false;
    hooks->run(n, form);
    if (form->kind != CONTROL_WHILE || form->stacks) return false;
    for (uint32_t i = 0; i < n->type.count; i++)
        if (n->type.parts[i].kind != TYPE_TENSOR) return false; /* refused where it is differentiated */
    const cot_graph *condition = body_of(s->from, form->bodies[0]);
    if (n->flags & NODE_EFFECT && graph_has_effect(s->scratch, condition)) return false; /* asked twice there */
    return !graph_draws(condition) && !graph_draws(body_of(s->from, form->bodies[1]));
}

/* Iterations of a segment: as many rows as half of the loop's share has. */
static int64_t segment_length(const segmenter *s, const type *carries) {
    uint64_t row = 1;
    for (uint32_t i = 0; i < carries->count; i++) {
        const type *t = &carries->parts[i];
        uint64_t bytes = dtype_bytes((cot_dtype)t->dtype);
        for (uint32_t d = 0; d < t->ndim && bytes < s->budget; d++)
            bytes *= dim_is_static(t->sizes[d]) ? (uint64_t)t->sizes[d] : UNKNOWN_SIZE;
        row += bytes;
    }
    return (int64_t)MIN(MAX(s->budget / SHARE / 2 / row, (uint64_t)SHORTEST), (uint64_t)LONGEST);
}

/* ---- a segment -------------------------------------------------------------------------------------------------- */

/* A body that also takes the number of iterations so far, first; gives its leaves. */
static void with_counter(builder *b, const cot_graph *body, arg_list *leaves) {
    cot_graph *g = b->graph;
    value *map = ARENA_ARRAY(g->arena, value, body->nodes.count);
    const type counter = type_tensor(g->arena, g->ctx->syms, COT_I64, NULL, 0);
    emit_placeholder(b, "arg0_1", &counter);
    for (uint32_t i = 0; i < body->inputs.count; i++) {
        const value v = body->inputs.data[i];
        map[v] = emit_placeholder(b, arena_printf(g->arena, "arg%u_1", i + 1), graph_type(body, v));
    }
    graph_copy_children(g, body);
    for (value v = 0; v < body->nodes.count; v++)
        if (graph_node(body, v)->op->kind != OP_PLACEHOLDER) map[v] = graph_copy_node(g, body, v, map);
    arg_list old = {0};
    arg_leaves(g->arena, &body->output, &old);
    for (uint32_t i = 0; i < old.count; i++) *VEC_PUSH(g->arena, leaves) = arg_map(g, &old.data[i], map);
}

static void finish(builder *b, const arg_list *outputs) {
    cot_graph *g = b->graph;
    g->output = (arg){.kind = ARG_TUPLE, .list = outputs->data, .count = outputs->count};
    g->num_user_outputs = outputs->count;
    g->aliases = ARENA_ARRAY(g->arena, output_alias, outputs->count);
}

static cot_graph *condition_of_segment(segmenter *s, const cot_graph *condition, int64_t length) {
    builder b;
    arg_list leaves = {0}, outputs = {0};
    builder_init(&b, graph_create_child(s->b.graph, condition->class_name), s->b.error);
    with_counter(&b, condition, &leaves);
    const value more = emit(&b, "lt.Scalar", "vi", b.graph->inputs.data[0], length);
    *VEC_PUSH(b.graph->arena, &outputs) = arg_value(emit(&b, "logical_and", "vv", more, arg_as_value(&leaves.data[0])));
    finish(&b, &outputs);
    if (b.status) builder_failed(&s->b, b.status);
    return b.graph;
}

static cot_graph *body_of_segment(segmenter *s, const cot_graph *body) {
    builder b;
    arg_list leaves = {0}, outputs = {0};
    builder_init(&b, graph_create_child(s->b.graph, body->class_name), s->b.error);
    with_counter(&b, body, &leaves);
    *VEC_PUSH(b.graph->arena, &outputs) = arg_value(emit(&b, "add.Tensor", "vi", b.graph->inputs.data[0], (int64_t)1));
    for (uint32_t i = 0; i < leaves.count; i++) *VEC_PUSH(b.graph->arena, &outputs) = leaves.data[i];
    finish(&b, &outputs);
    if (b.status) builder_failed(&s->b, b.status);
    return b.graph;
}

/* (carries…, rest…) → (carries… `length` iterations later, or where the condition says stop) */
static cot_graph *segment(segmenter *s, const node *n, const control_form *form) {
    const cot_graph *condition = body_of(s->from, form->bodies[0]), *body = body_of(s->from, form->bodies[1]);
    const int64_t length = segment_length(s, &n->type);
    builder b;
    builder_init(&b, graph_create_child(s->b.graph, body->class_name), s->b.error);
    arena *a = b.graph->arena;
    arg_list carries = {0}, rest = {0}, outputs = {0};
    for (uint32_t i = 0; i < body->inputs.count; i++) {
        const value v = emit_placeholder(&b, arena_printf(a, "arg%u_1", i), graph_type(body, body->inputs.data[i]));
        *VEC_PUSH(a, i < form->carries.count ? &carries : &rest) = arg_value(v);
    }
    arg_list all = {0};
    *VEC_PUSH(a, &all) = arg_value(emit(&b, "zeros", "I,dtype=t", NULL, 0u, (int)COT_I64));
    for (uint32_t i = 0; i < carries.count; i++) *VEC_PUSH(a, &all) = carries.data[i];
    const value test = emit_get_attr(&b, "while_loop_cond_graph_0", condition_of_segment(s, condition, length));
    const value step = emit_get_attr(&b, "while_loop_body_graph_0", body_of_segment(s, body));
    if (b.status || s->b.status) return builder_failed(&s->b, b.status ? b.status : s->b.status), NULL;
    const arg args[] = {arg_value(test),
                        arg_value(step),
                        {.kind = ARG_TUPLE, .list = all.data, .count = all.count},
                        {.kind = ARG_TUPLE, .list = rest.data, .count = rest.count}};
    type t;
    const cot_status status = n->op->record->control->shape(b.graph, args, COUNT_OF(args), &t, b.error);
    if (status) return builder_failed(&s->b, status), NULL;
    const value call = emit_raw(&b, n->op, args, COUNT_OF(args), &t, NULL);
    b.graph->nodes.data[call].call = 1;
    b.graph->nodes.data[call].flags |= n->flags & NODE_EFFECT;
    for (uint32_t i = 0; i < carries.count; i++) *VEC_PUSH(a, &outputs) = arg_value(emit_get(&b, call, i + 1));
    finish(&b, &outputs);
    if (b.status) builder_failed(&s->b, b.status);
    return b.graph;
}

/* ---- the pass --------------------------------------------------------------------------------------------------- */

static value replace(void *user, cot_graph *to, value v, const value *map) {
    segmenter *s = user;
    control_form form;
    if (s->b.status || !is_loop(s, v, &form)) return NO_VALUE;
    const node *n = graph_node(s->from, v);
    cot_graph *body = segment(s, n, &form);
    if (!body) return NO_VALUE;
    const char *name = "while_loop_segment_0";
    for (uint32_t k = 1; graph_child(to, name); k++) name = arena_printf(to->arena, "while_loop_segment_%u", k);
    body->class_name = name;
    const value attribute = emit_get_attr(&s->b, name, body);
    arg *args = ARENA_ARRAY(to->arena, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) {
        const bool is_body = n->args[i].kind == ARG_VALUE && n->args[i].value == form.bodies[1];
        args[i] = is_body ? arg_value(attribute) : arg_map(to, &n->args[i], map);
    }
    const type t = type_copy(to->arena, &n->type);
    s->b.flags = n->flags;
    const value made = emit_raw(&s->b, n->op, args, n->nargs, &t, NULL);
    if (made != NO_VALUE) to->nodes.data[made].call = n->call;
    return made;
}

cot_status loops_in_segments(const cot_graph *functional, uint64_t budget, cot_graph **out, cot_error *error) {
    *out = NULL;
    arena *scratch = arena_create(functional->ctx);
    segmenter s = {.from = functional, .budget = budget, .scratch = scratch};
    s.differentiated = ARENA_ARRAY(scratch, bool, functional->nodes.count);
    find_differentiated(&s);
    bool any = false;
    for (value v = 0; v < functional->nodes.count; v++) {
        control_form form;
        any |= is_loop(&s, v, &form);
    }
    if (any) {
        cot_graph *to = graph_create_like(functional, NULL);
        builder_init(&s.b, to, error);
        graph_copy_children(to, functional);
        graph_copy_replacing(functional, NULL, replace, &s, to);
        if (s.b.status) graph_destroy(to);
        else *out = to;
    }
    arena_destroy(scratch);
    return any ? s.b.status : COT_OK;
}
