/* SPDX-License-Identifier: MIT
 * forget.c — histories out of what autograd copied and did not differentiate: values that stand for others with another
 * history become those others. What is left dead is for graph_clean. */
#include "autograd/differentiate.h"

typedef struct forgetting {
    cot_graph *graph;
    value *map;
} forgetting;

/* The value that v is, where it differs in nothing but history. */
static value what_it_is(const forgetting *f, value v) {
    const node *n = graph_node(f->graph, v);
    if (n->op->traits & OP_HISTORY) return arg_as_value(&n->args[0]);
    if (n->op->kind != OP_GETITEM || n->args[0].kind != ARG_VALUE) return v;
    const node *tuple = graph_node(f->graph, n->args[0].value);
    const op_record *record = tuple->op->record;
    if (!record || !record->control || !record->control->passes) return v;
    const arg *list = &tuple->args[record->control->passed];
    const uint32_t part = (uint32_t)arg_as_int(&n->args[1], 0);
    const value given = part < list->count ? arg_as_value(&list->list[part]) : NO_VALUE;
    return given == NO_VALUE ? v : given;
}

void differentiate_forget(cot_graph *g) {
    arena *scratch = arena_create(g->ctx);
    forgetting f = {.graph = g, .map = ARENA_ARRAY(scratch, value, g->nodes.count)};
    bool any = false;
    for (value v = 0; v < g->nodes.count; v++) {
        node *n = &g->nodes.data[v];
        if (any) {
            arg *args = ARENA_ARRAY(g->arena, arg, n->nargs);
            for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(g, &n->args[i], f.map);
            n->args = args;
        }
        f.map[v] = what_it_is(&f, v);
        any |= f.map[v] != v;
    }
    if (any) g->output = arg_map(g, &g->output, f.map);
    arena_destroy(scratch);
    for (uint32_t i = 0; i < g->children.count; i++) differentiate_forget(g->children.data[i].graph);
}
