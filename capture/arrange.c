/* SPDX-License-Identifier: MIT
 * arrange.c — a built graph in the order of its text: inputs first, though they came up in the middle, and no parts of
 * control calls that nobody takes (CAP-04). So building a program and reading its print give the same graph. */
#include "capture/capture.h"

static void mark(void *used, value v) { ((bool *)used)[v] = true; }

static bool is_spare_part(const cot_graph *g, const node *n) {
    if (n->op->kind != OP_GETITEM || n->args[0].kind != ARG_VALUE) return false;
    return graph_node(g, n->args[0].value)->op->traits & OP_CONTROL;
}

/* Where each value goes; NO_VALUE: nowhere. Gives how many stay. */
static uint32_t order(const cot_graph *g, const value *inputs, uint32_t count, value *map) {
    arena *scratch = arena_create(g->ctx);
    bool *used = ARENA_ARRAY(scratch, bool, g->nodes.count);
    arg_each(&g->output, mark, used);
    for (value v = g->nodes.count; v-- > 0;) {
        const node *n = graph_node(g, v);
        map[v] = NO_VALUE;
        if (n->op->kind == OP_PLACEHOLDER) continue;
        used[v] |= !is_spare_part(g, n);
        for (uint32_t i = 0; used[v] && i < n->nargs; i++) arg_each(&n->args[i], mark, used);
    }
    uint32_t next = 0;
    for (; next < count; next++) map[inputs[next]] = next;
    for (value v = 0; v < g->nodes.count; v++)
        if (used[v] && graph_node(g, v)->op->kind != OP_PLACEHOLDER) map[v] = next++;
    arena_destroy(scratch);
    return next;
}

void arrange_graph(cot_graph *g, const value *inputs, uint32_t count) {
    value *map = ARENA_ARRAY(g->arena, value, g->nodes.count);
    const uint32_t kept = order(g, inputs, count, map);
    node *nodes = ARENA_ARRAY(g->arena, node, kept);
    struct map names = {.arena = g->arena};
    for (value v = 0; v < g->nodes.count; v++) {
        if (map[v] == NO_VALUE) continue;
        node n = g->nodes.data[v];
        arg *args = ARENA_ARRAY(g->arena, arg, n.nargs);
        for (uint32_t i = 0; i < n.nargs; i++) args[i] = arg_map(g, &n.args[i], map);
        n.args = args;
        nodes[map[v]] = n;
        map_set(&names, n.name, map[v]);
    }
    value *places = ARENA_ARRAY(g->arena, value, count);
    for (uint32_t i = 0; i < count; i++) places[i] = i;
    for (uint32_t i = 0; i < g->input_specs.count; i++) g->input_specs.data[i].node = map[g->input_specs.data[i].node];
    g->output = arg_map(g, &g->output, map);
    g->nodes.data = nodes;
    g->nodes.count = g->nodes.capacity = kept;
    g->inputs.data = places;
    g->inputs.count = g->inputs.capacity = count;
    g->names = names;
}
