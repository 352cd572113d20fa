/* SPDX-License-Identifier: MIT
 * compact.c — taking dead nodes out of the functional graph. */
#include "functionalize/walk.h"

typedef struct marks {
    bool *live;
    const value *map;
} marks;

static void mark(void *user, value v) { ((marks *)user)->live[v] = true; }

static bool stays(const node *n) {
    return n->op->kind == OP_PLACEHOLDER || op_has_effect(n->op->traits, n->flags) || (n->op->traits & OP_MUTATES);
}

static bool *find_live(const cot_graph *g, arena *a) {
    bool *live = ARENA_ARRAY(a, bool, g->nodes.count);
    marks m = {.live = live};
    arg_each(&g->output, mark, &m);
    for (value v = g->nodes.count; v-- > 0;) {
        const node *n = graph_node(g, v);
        live[v] |= stays(n);
        for (uint32_t i = 0; live[v] && i < n->nargs; i++) arg_each(&n->args[i], mark, &m);
    }
    return live;
}

/* A write whose result nobody reads is gone, but stays a moment: the first kept node behind it stands for it. */
static void move_nodes(cot_graph *g, const bool *live, value *map) {
    value kept = 0;
    for (value v = 0; v < g->nodes.count; v++) {
        map[v] = kept;
        kept += live[v];
    }
    map[g->nodes.count] = kept;
    for (value v = 0; v < g->nodes.count; v++) {
        if (!live[v]) continue;
        node n = *graph_node(g, v);
        arg *args = ARENA_ARRAY(g->arena, arg, n.nargs);
        for (uint32_t i = 0; i < n.nargs; i++) args[i] = arg_map(g, &n.args[i], map);
        n.args = args;
        if (n.overwritten != NO_VALUE) n.overwritten = map[n.overwritten];
        g->nodes.data[map[v]] = n;
        map_set(&g->names, n.name, map[v]);
    }
    g->nodes.count = kept;
}

static void drop_children(cot_graph *g, arena *a) {
    map used = {.arena = a};
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (n->op->kind == OP_GET_ATTR && n->type.kind == TYPE_GRAPH)
            map_set(&used, n->target ? n->target : n->name, 1);
    }
    graph_keep_children(g, &used);
}

void compact(cot_graph *g) {
    arena *a = arena_create(g->ctx);
    bool *live = find_live(g, a);
    /* Names of dead nodes stay taken but lead nowhere: their numbers are the gaps. */
    for (value v = 0; v < g->nodes.count; v++)
        if (!live[v]) map_set(&g->names, graph_node(g, v)->name, MAP_NONE);
    value *to = ARENA_ARRAY(a, value, (size_t)g->nodes.count + 1);
    move_nodes(g, live, to);
    for (uint32_t i = 0; i < g->inputs.count; i++) g->inputs.data[i] = to[g->inputs.data[i]];
    for (uint32_t i = 0; i < g->input_specs.count; i++) g->input_specs.data[i].node = g->inputs.data[i];
    g->output = arg_map(g, &g->output, to);
    drop_children(g, a);
    arena_destroy(a);
}
