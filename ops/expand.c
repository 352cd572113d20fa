/* SPDX-License-Identifier: MIT
 * expand.c — a stage as it is printed: operators of our own that have a decomposition are shown as what they stand for,
 * so that every printed stage is a program of PyTorch's operators. What runs is the graph before. */
#include "ops/emit.h"

#include <string.h>

static bool is_own(const node *n) {
    return n->op->kind == OP_CALL && n->op->has_schema && n->op->record->decompose_fn &&
           !(n->op->traits & OP_COMPOSITE) && !strcmp(n->op->namespace_, "cot");
}

bool graph_has_own(const cot_graph *g) {
    for (value v = 0; v < g->nodes.count; v++)
        if (is_own(graph_node(g, v))) return true;
    for (uint32_t i = 0; i < g->children.count; i++)
        if (graph_has_own(g->children.data[i].graph)) return true;
    return false;
}

static cot_status expand(const cot_graph *g, cot_graph *root, cot_graph **out, cot_error *error);

typedef struct expansion {
    const cot_graph *from;
    builder b;
} expansion;

/* A call of our own is written out; a part of one is what stands for that part. */
static value write_out(void *user, cot_graph *to, value v, const value *map) {
    expansion *x = user;
    const node *n = graph_node(x->from, v);
    x->b.graph = to;
    if (x->b.status) return NO_VALUE;
    if (n->op->kind == OP_GETITEM && is_own(graph_node(x->from, arg_as_value(&n->args[0]))))
        return emit_get(&x->b, map[arg_as_value(&n->args[0])], (uint32_t)arg_as_int(&n->args[1], 0));
    if (!is_own(n)) return NO_VALUE;
    arg *args = ARENA_ARRAY(to->arena, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(to, &n->args[i], map);
    x->b.place_node = v;
    return decompose(&x->b, n->op, args);
}

static cot_status expand_children(const cot_graph *g, cot_graph *to, cot_graph *root, cot_error *error) {
    for (uint32_t i = 0; i < g->children.count; i++) {
        cot_graph *made;
        TRY(expand(g->children.data[i].graph, root, &made, error));
        graph_add_child(to, g->children.data[i].name, made);
    }
    return COT_OK;
}

static cot_status expand(const cot_graph *g, cot_graph *root, cot_graph **out, cot_error *error) {
    cot_graph *to = graph_create_like(g, root);
    expansion x = {.from = g};
    builder_init(&x.b, to, error);
    x.b.decompose = true;
    x.b.place = g;
    graph_copy_replacing(g, NULL, write_out, &x, to);
    *out = to;
    TRY(x.b.status);
    return expand_children(g, to, root ? root : to, error);
}

cot_status graph_expand(const cot_graph *g, cot_graph **out, cot_error *error) {
    cot_graph *written = NULL;
    const cot_status status = expand(g, NULL, &written, error);
    *out = status ? NULL : graph_clean(written, NULL);
    graph_destroy(written);
    return status;
}
