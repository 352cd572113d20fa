/* SPDX-License-Identifier: MIT
 * effects.c — tokens: threaded through calls with effects, and lifted to the interface of a graph that is printed. */
#include "functionalize/functionalize.h"
#include "ops/emit.h"

#include "ops/op.h"

#include <string.h>

/* ---- threading -------------------------------------------------------------------------------------------------- */

typedef struct threading {
    cot_graph *g;
    VEC(node) nodes; /* that g will have */
    value *map;      /* old value → new */
    bool *wrapped;   /* by old value: it became a with_effects with several results */
    value token[2];  /* the newest of the forward, of the backward */
    const op *wrapper, *make, *sink;
} threading;

static bool is_ordered(const node *n) { return (n->op->traits & OP_ORDERED) != 0; }

static value push(threading *t, const op *o, const char *candidate, const arg *args, uint32_t nargs, type result,
                  const node *like) {
    arena *a = t->g->arena;
    *VEC_PUSH(a, &t->nodes) = (node){.op = o,
                                     .name = graph_name(t->g, candidate),
                                     .args = arena_copy(a, args, nargs * sizeof(arg)),
                                     .nargs = (uint16_t)nargs,
                                     .npos = (uint16_t)nargs,
                                     .type = result,
                                     .flags = like->flags,
                                     .comment = like->comment,
                                     .line = like->line,
                                     .column = like->column,
                                     .forward = like->forward,
                                     .overwritten = NO_VALUE};
    return t->nodes.count - 1;
}

static value push_part(threading *t, value tuple, uint32_t index, const node *like) {
    const arg args[2] = {arg_value(tuple), arg_int(index)};
    const type part = t->nodes.data[tuple].type.parts[index];
    return push(t, op_getitem(t->g->ctx), "getitem", args, 2, part, like);
}

/* The arguments as they are printed: behind the operator, by position and then by name. */
static void add_arguments(threading *t, const node *n, node *call) {
    arena *a = t->g->arena;
    arg *args = ARENA_ARRAY(a, arg, n->nargs + 2u);
    const char **names = ARENA_ARRAY(a, const char *, n->nargs);
    uint32_t count = 2, named = 0;
    args[0] = call->args[0];
    args[1] = call->args[1];
    for (uint32_t i = 0; i < n->npos; i++) args[count++] = arg_map(t->g, &n->args[i], t->map);
    call->npos = (uint16_t)count;
    for (uint32_t i = n->npos; i < n->nargs; i++) {
        if (n->op->has_schema && !(n->kwmask >> i & 1)) continue;
        names[named++] = n->op->has_schema ? n->op->params[i].name : n->kwnames[i - n->npos];
        args[count++] = arg_map(t->g, &n->args[i], t->map);
    }
    call->args = args;
    call->nargs = (uint16_t)count;
    call->kwnames = named ? names : NULL;
}

static type wrapped_type(threading *t, const type *inner, const type *token) {
    const uint32_t count = inner->kind == TYPE_TUPLE ? inner->count : inner->kind != TYPE_NONE;
    type *parts = ARENA_ARRAY(t->g->arena, type, count + 1);
    parts[0] = *token;
    for (uint32_t i = 0; i < count; i++) parts[1 + i] = inner->kind == TYPE_TUPLE ? inner->parts[i] : *inner;
    return (type){.kind = TYPE_TUPLE, .count = count + 1, .parts = parts};
}

static void wrap(threading *t, value v, const node *n) {
    cot_graph *g = t->g;
    const uint32_t chain = n->flags & NODE_BACKWARD ? 1 : 0;
    const type empty = type_tensor(g->arena, g->ctx->syms, COT_F32, (dim[]){0}, 1);
    if (t->token[chain] == NO_VALUE) t->token[chain] = push(t, t->make, "_make_token", NULL, 0, empty, n);
    const arg head[2] = {arg_value(t->token[chain]), {.kind = ARG_OP, .op = n->op}};
    const type result = wrapped_type(t, &n->type, &empty);
    const value call = push(t, t->wrapper, "with_effects", head, 2, result, n);
    add_arguments(t, n, &t->nodes.data[call]);
    t->nodes.data[call].call = n->call;
    t->nodes.data[call].stream = n->stream;
    t->token[chain] = push_part(t, call, 0, n);
    t->map[v] = call;
    t->wrapped[v] = n->type.kind == TYPE_TUPLE;
    if (result.count == 2 && n->type.kind != TYPE_TUPLE) t->map[v] = push_part(t, call, 1, n);
}

static void keep(threading *t, value v, const node *n) {
    node made = *n;
    arg *args = ARENA_ARRAY(t->g->arena, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(t->g, &n->args[i], t->map);
    if (n->op->kind == OP_GETITEM && n->args[0].kind == ARG_VALUE && t->wrapped[n->args[0].value])
        args[1] = arg_int(arg_as_int(&n->args[1], 0) + 1);
    made.args = args;
    *VEC_PUSH(t->g->arena, &t->nodes) = made;
    t->map[v] = t->nodes.count - 1;
}

/* Nodes speak of others, in ways that are no arguments. */
static void settle(threading *t) {
    cot_graph *g = t->g;
    for (value v = 0; v < t->nodes.count; v++) {
        node *n = &t->nodes.data[v];
        if (n->overwritten != NO_VALUE) n->overwritten = t->map[n->overwritten];
        if (n->forward != NO_VALUE) n->forward = t->map[n->forward];
        map_set(&g->names, n->name, v);
    }
    g->nodes.data = t->nodes.data;
    g->nodes.count = t->nodes.count;
    g->nodes.capacity = t->nodes.capacity;
    for (uint32_t i = 0; i < g->inputs.count; i++) g->inputs.data[i] = t->map[g->inputs.data[i]];
    for (uint32_t i = 0; i < g->input_specs.count; i++)
        g->input_specs.data[i].node = t->map[g->input_specs.data[i].node];
    g->output = arg_map(g, &g->output, t->map);
}

static void end_thread(threading *t, uint32_t chain, const node *like) {
    if (t->token[chain] == NO_VALUE) return;
    const arg token = arg_value(t->token[chain]), list = arg_list_of(arena_copy(t->g->arena, &token, sizeof token), 1);
    node end = *like;
    end.forward = NO_VALUE;
    end.comment = NULL;
    end.flags = chain ? NODE_BACKWARD : 0;
    push(t, t->sink, "_sink_tokens", &list, 1, (type){0}, &end);
}

void effects_thread(cot_graph *g) {
    for (uint32_t i = 0; i < g->children.count; i++) effects_thread(g->children.data[i].graph);
    value last = NO_VALUE;
    for (value v = 0; v < g->nodes.count; v++)
        if (is_ordered(graph_node(g, v))) last = v;
    if (last == NO_VALUE) return;
    arena *scratch = arena_create(g->ctx);
    threading t = {.g = g,
                   .token = {NO_VALUE, NO_VALUE},
                   .wrapper = op_find(g->ctx, "higher_order.with_effects"),
                   .make = op_find(g->ctx, "prims._make_token"),
                   .sink = op_find(g->ctx, "prims._sink_tokens")};
    t.map = ARENA_ARRAY(scratch, value, g->nodes.count);
    t.wrapped = ARENA_ARRAY(scratch, bool, g->nodes.count);
    for (value v = 0; v < g->nodes.count; v++) {
        const node n = *graph_node(g, v);
        if (is_ordered(&n)) wrap(&t, v, &n);
        else keep(&t, v, &n);
    }
    const node like = *graph_node(g, last);
    for (uint32_t chain = 0; chain < 2; chain++) end_thread(&t, chain, &like);
    settle(&t);
    arena_destroy(scratch);
}

/* ---- lifting ---------------------------------------------------------------------------------------------------- */

static bool is_sink(const node *n) { return (n->op->traits & OP_TOKEN) && n->op->num_params; }
static bool is_make(const node *n) { return (n->op->traits & OP_TOKEN) && !n->op->num_params; }

static value lift_input(cot_graph *to, const type *t, const char *name) {
    const value v = graph_append(to, op_placeholder(to->ctx), name);
    to->nodes.data[v].type = type_copy(to->arena, t);
    *VEC_PUSH(to->arena, &to->inputs) = v;
    return v;
}

/* Tokens in front of what the graph returns, those of a backward behind it. */
static arg lift_output(cot_graph *to, const arg *output, const value *ends) {
    const bool list = output->kind == ARG_LIST || output->kind == ARG_TUPLE;
    const uint32_t own = list ? output->count : 1;
    arg *items = ARENA_ARRAY(to->arena, arg, own + 2u);
    uint32_t count = 0;
    if (ends[0] != NO_VALUE) items[count++] = arg_value(ends[0]);
    for (uint32_t i = 0; i < own; i++) items[count++] = list ? output->list[i] : *output;
    if (ends[1] != NO_VALUE) items[count++] = arg_value(ends[1]);
    return (arg){.kind = list ? output->kind : ARG_TUPLE, .list = items, .count = count};
}

cot_graph *effects_lift(const cot_graph *g) {
    bool any = false;
    for (value v = 0; v < g->nodes.count; v++) any |= is_make(graph_node(g, v));
    if (!any) return NULL;
    cot_graph *to = graph_create(g->ctx, g->class_name);
    arena *scratch = arena_create(g->ctx);
    value *map = ARENA_ARRAY(scratch, value, g->nodes.count), ends[2] = {NO_VALUE, NO_VALUE};
    graph_copy_facts(to, g);
    graph_copy_children(to, g);
    to->is_joint = g->is_joint;
    to->notes = g->notes;
    for (value v = 0; v < g->nodes.count; v++) { /* the interface first: token, inputs, the backward's token */
        const node *n = graph_node(g, v);
        if (is_make(n) && !(n->flags & NODE_BACKWARD)) map[v] = lift_input(to, &n->type, "token");
    }
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        const value v = g->inputs.data[i];
        map[v] = graph_copy_node_named(to, g, v, map, graph_node(g, v)->name);
        *VEC_PUSH(to->arena, &to->inputs) = map[v];
    }
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (is_make(n) && n->flags & NODE_BACKWARD) map[v] = lift_input(to, &n->type, "tangents_token");
    }
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (is_make(n) || n->op->kind == OP_PLACEHOLDER) continue;
        if (is_sink(n)) ends[n->flags & NODE_BACKWARD ? 1 : 0] = map[n->args[0].list[0].value];
        else map[v] = graph_copy_node_named(to, g, v, map, n->name);
    }
    const arg output = arg_map(to, &g->output, map);
    to->output = lift_output(to, &output, ends);
    to->num_tangents = g->num_tangents;
    to->num_mutated = g->num_mutated;
    to->num_user_outputs = g->num_user_outputs;
    to->num_bases = g->num_bases;
    arena_destroy(scratch);
    return to;
}
