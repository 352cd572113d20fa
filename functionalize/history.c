/* SPDX-License-Identifier: MIT
 * history.c — values and history are two things: which values require grad, nodes that join the data of one value with
 * the history of another, and which values are out of date. */
#include "functionalize/walk.h"

typedef struct search {
    const walk *walk;
    bool found;
} search;

static void see(void *user, value v) {
    search *s = user;
    if (v < s->walk->grads.count) s->found |= s->walk->grads.data[v];
}

static bool is_differentiable(const type *t) {
    return t->kind == TYPE_TUPLE ||
           (t->kind == TYPE_TENSOR && (dtype_is_float(t->dtype) || dtype_is_complex(t->dtype)));
}

static bool compute(const walk *w, const node *n) {
    if ((n->flags & NODE_NO_GRAD) || (n->op->traits & OP_NO_HISTORY) || !is_differentiable(&n->type)) return false;
    search s = {.walk = w};
    uint32_t from = n->op->traits & OP_HISTORY ? 1 : 0;
    for (uint32_t i = from; i < n->nargs; i++) arg_each(&n->args[i], see, &s);
    return s.found;
}

bool history_of(walk *w, value v) {
    const cot_graph *g = w->b.graph;
    if (v >= g->nodes.count) return false;
    while (w->grads.count <= v) {
        bool grad = compute(w, graph_node(g, w->grads.count));
        *VEC_PUSH(w->scratch, &w->grads) = grad;
    }
    return w->grads.data[v];
}

void history_set(walk *w, value v, bool requires_grad) {
    history_of(w, v);
    w->grads.data[v] = requires_grad;
}

/* Modes do not reach these nodes: what they do to the history is all they are for. */
static value emit_plain(walk *w, const char *name, const char *format, value a, value b) {
    uint32_t flags = w->b.flags;
    w->b.flags &= ~(uint32_t)NODE_NO_GRAD;
    value r = b == NO_VALUE ? emit(&w->b, name, format, a) : emit(&w->b, name, format, a, b);
    w->b.flags = flags;
    return r;
}

value history_keep(walk *w, value v, value history) { return emit_plain(w, "cot.with_history", "vv", v, history); }

value history_cut(walk *w, value v) { return emit_plain(w, "detach", "v", v, NO_VALUE); }

void history_overwrite(walk *w, uint32_t s, value by) {
    value_list *held = &w->storages.data[s].values;
    for (uint32_t i = 0; i < held->count; i++) {
        node *n = &w->b.graph->nodes.data[held->data[i]];
        if (n->overwritten == NO_VALUE) n->overwritten = by;
    }
    held->count = 0;
}
