/* SPDX-License-Identifier: MIT
 * equal.c — whether two graphs are the same program, and a hash to find candidates: what lets equal bodies be compiled
 * once. Names do not matter; order, operators, arguments, types and child graphs do. */
#include "graph/graph.h"

static bool same_string(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static bool same_arg(const arg *a, const arg *b) {
    if (a->kind != b->kind || a->count != b->count) return false;
    uint32_t items = 0;
    switch ((arg_kind)a->kind) {
    case ARG_NONE:
    case ARG_ELLIPSIS: return true;
    case ARG_VALUE: return a->value == b->value;
    case ARG_INT:
    case ARG_BOOL:
    case ARG_DTYPE: return a->i == b->i;
    case ARG_FLOAT: /* by bits: a NaN is itself, and -0.0 is not 0.0 */ return memcmp(&a->f, &b->f, sizeof a->f) == 0;
    case ARG_COMPLEX: return memcmp(a->complex, b->complex, 2 * sizeof(double)) == 0;
    case ARG_STRING:
    case ARG_CONST:
    case ARG_DEVICE:
    case ARG_CALL: return same_string(a->s, b->s);
    case ARG_BYTES: return memcmp(a->s, b->s, a->count) == 0;
    case ARG_OP: return a->op == b->op;
    case ARG_LIST:
    case ARG_TUPLE: items = a->count; break;
    case ARG_DICT: items = 2 * a->count; break;
    case ARG_SLICE: items = 3; break;
    }
    for (uint32_t i = 0; i < items; i++)
        if (!same_arg(&a->list[i], &b->list[i])) return false;
    return true;
}

/* A child graph is compared by what it is, a constant by the name it has. */
static bool same_attribute(const cot_graph *a, const node *m, const cot_graph *b, const node *n) {
    const cot_graph *x = m->target ? graph_child(a, m->target) : NULL,
                    *y = n->target ? graph_child(b, n->target) : NULL;
    if (x && y) return x == y || graph_equal(x, y);
    return !x && !y && same_string(m->target, n->target);
}

#define MEANING (NODE_NO_GRAD | NODE_BACKWARD | NODE_POLICY)

static bool same_node(const cot_graph *a, const cot_graph *b, value v) {
    const node *m = graph_node(a, v), *n = graph_node(b, v);
    if (m->op != n->op || m->nargs != n->nargs || ((m->flags ^ n->flags) & MEANING)) return false;
    if (!type_equal(&m->type, &n->type, true)) return false;
    for (uint32_t i = 0; i < m->nargs; i++)
        if (!same_arg(&m->args[i], &n->args[i])) return false;
    if (!m->kwnames != !n->kwnames || (m->kwnames && m->npos != n->npos)) return false;
    for (uint32_t i = 0; m->kwnames && i + m->npos < m->nargs; i++)
        if (!same_string(m->kwnames[i], n->kwnames[i])) return false;
    return true;
}

bool graph_equal(const cot_graph *a, const cot_graph *b) {
    if (a == b) return true;
    if (a->nodes.count != b->nodes.count || a->inputs.count != b->inputs.count) return false;
    for (uint32_t i = 0; i < a->inputs.count; i++)
        if (a->inputs.data[i] != b->inputs.data[i]) return false;
    for (value v = 0, next = 0; v < a->nodes.count; v++) {
        if (!same_node(a, b, v)) return false;
        bool is_input = next < a->inputs.count && a->inputs.data[next] == v; /* its target is a name */
        if (!is_input && !same_attribute(a, graph_node(a, v), b, graph_node(b, v))) return false;
        next += is_input;
    }
    return same_arg(&a->output, &b->output);
}

static uint64_t hash_number(uint64_t h, uint64_t n) { return hash_bytes(&n, sizeof n, h); }

static uint64_t hash_arg(uint64_t h, const arg *a) {
    h = hash_number(h, a->kind + ((uint64_t)a->count << 8));
    uint32_t items = 0;
    switch ((arg_kind)a->kind) {
    case ARG_VALUE: return hash_number(h, a->value);
    case ARG_INT:
    case ARG_BOOL:
    case ARG_DTYPE: return hash_number(h, (uint64_t)a->i);
    case ARG_FLOAT: return hash_bytes(&a->f, sizeof a->f, h);
    case ARG_STRING:
    case ARG_CONST:
    case ARG_DEVICE:
    case ARG_CALL: return hash_bytes(a->s, strlen(a->s), h);
    case ARG_LIST:
    case ARG_TUPLE: items = a->count; break;
    case ARG_DICT: items = 2 * a->count; break;
    default: break;
    }
    for (uint32_t i = 0; i < items; i++) h = hash_arg(h, &a->list[i]);
    return h;
}

static uint64_t hash_type(uint64_t h, const type *t) {
    h = hash_number(h, t->kind + ((uint64_t)t->dtype << 8) + ((uint64_t)t->ndim << 16) + ((uint64_t)t->count << 32));
    if (t->kind == TYPE_TENSOR) return hash_bytes(t->sizes, t->ndim * sizeof(dim), h);
    for (uint32_t i = 0; t->kind == TYPE_TUPLE && i < t->count; i++) h = hash_type(h, &t->parts[i]);
    return h;
}

uint64_t graph_hash(const cot_graph *g) {
    uint64_t h = hash_number(g->inputs.count, g->nodes.count);
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        h = hash_type(hash_number(h, (uintptr_t)n->op), &n->type);
        for (uint32_t i = 0; i < n->nargs; i++) h = hash_arg(h, &n->args[i]);
    }
    return hash_arg(h, &g->output);
}
