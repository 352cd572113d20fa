/* SPDX-License-Identifier: MIT
 * clean.c — removing what nobody reads: one walk backwards marks what is live, then the live nodes are copied in order.
 */
#include "ops/op.h"

static bool *effects_of_children(arena *a, const cot_graph *g);

/* Whether removing a call would be noticed though its result is not read: it writes, or a body it is given does. */
static bool has_effect(const cot_graph *g, const node *n, const bool *children) {
    if (n->op->kind == OP_PLACEHOLDER || op_has_effect(n->op->traits, n->flags) || (n->op->traits & OP_MUTATES))
        return true;
    if (!(n->op->traits & OP_CONTROL)) return false;
    for (uint32_t i = 0; i < n->nargs; i++) {
        if (n->args[i].kind != ARG_VALUE || graph_type(g, n->args[i].value)->kind != TYPE_GRAPH) continue;
        const char *path = graph_node(g, n->args[i].value)->target;
        const uint32_t child = path ? graph_child_index(g, path) : MAP_NONE;
        if (child != MAP_NONE && children[child]) return true;
    }
    return false;
}

bool graph_has_effect(arena *a, const cot_graph *g) {
    const bool *children = effects_of_children(a, g);
    for (value v = 0; v < g->nodes.count; v++)
        if (graph_node(g, v)->op->kind != OP_PLACEHOLDER && has_effect(g, graph_node(g, v), children)) return true;
    return false;
}

bool graph_draws(const cot_graph *g) {
    for (value v = 0; v < g->nodes.count; v++)
        if (graph_node(g, v)->op->traits & OP_RANDOM) return true;
    for (uint32_t i = 0; i < g->children.count; i++)
        if (graph_draws(g->children.data[i].graph)) return true;
    return false;
}

static bool *effects_of_children(arena *a, const cot_graph *g) {
    bool *effects = ARENA_ARRAY(a, bool, g->children.count);
    for (uint32_t i = 0; i < g->children.count; i++) effects[i] = graph_has_effect(a, g->children.data[i].graph);
    return effects;
}

static void mark(void *live, value v) { ((bool *)live)[v] = true; }

static void mark_live(arena *a, const cot_graph *g, bool *live) {
    const bool *children = effects_of_children(a, g);
    arg_each(&g->output, mark, live);
    for (value v = g->nodes.count; v-- > 0;) {
        const node *n = graph_node(g, v);
        if (!live[v] && !has_effect(g, n, children)) continue;
        live[v] = true;
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], mark, live);
    }
}

/* Children that a kept get_attr node names, cleaned in turn. */
static void keep_children(arena *a, const cot_graph *g, cot_graph *to) {
    map used = {.arena = a};
    for (value v = 0; v < to->nodes.count; v++)
        if (graph_type(to, v)->kind == TYPE_GRAPH && graph_node(to, v)->target)
            map_set(&used, graph_node(to, v)->target, 1);
    for (uint32_t i = 0; i < g->children.count; i++)
        if (map_get(&used, g->children.data[i].name) != MAP_NONE)
            graph_add_child(to, g->children.data[i].name, graph_clean(g->children.data[i].graph, to));
}

cot_graph *graph_clean(const cot_graph *g, cot_graph *root) {
    cot_graph *to = graph_create_like(g, root);
    arena *scratch = arena_create(g->ctx);
    bool *live = ARENA_ARRAY(scratch, bool, g->nodes.count);
    mark_live(scratch, g, live);
    graph_copy_kept(g, live, to);
    keep_children(scratch, g, to);
    arena_destroy(scratch);
    return to;
}

/* ---- without effects ----------------------------------------------------------------------------------------------
 */

/* The bodies that the live calls name; false where one of them cannot go without its effects. */
static bool quiet_children(arena *a, const cot_graph *g, const bool *live, cot_graph *root, cot_graph *to) {
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        const cot_graph *c = live[v] && n->type.kind == TYPE_GRAPH && n->target ? graph_child(g, n->target) : NULL;
        if (!c || graph_child(to, n->target)) continue;
        cot_graph *made = graph_has_effect(a, c) ? graph_quiet(c, root) : graph_copy(c, root);
        if (!made) return false;
        graph_add_child(to, arena_string(to->arena, n->target, strlen(n->target)), made);
    }
    return true;
}

cot_graph *graph_quiet(const cot_graph *g, cot_graph *root) {
    arena *scratch = arena_create(g->ctx);
    bool *live = ARENA_ARRAY(scratch, bool, g->nodes.count), possible = true;
    arg_each(&g->output, mark, live);
    for (value v = g->nodes.count; v-- > 0;) {
        const node *n = graph_node(g, v);
        live[v] |= n->op->kind == OP_PLACEHOLDER;
        if (!live[v]) continue;
        possible &= !(n->op->traits & (OP_EFFECT | OP_MUTATES));
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], mark, live);
    }
    cot_graph *to = possible ? graph_create_like(g, root) : NULL;
    if (to && !quiet_children(scratch, g, live, root, to)) to = NULL;
    if (to) graph_copy_kept(g, live, to);
    for (value v = 0; to && v < to->nodes.count; v++) to->nodes.data[v].flags &= ~(uint32_t)NODE_EFFECT;
    arena_destroy(scratch);
    return to;
}
