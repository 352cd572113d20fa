/* SPDX-License-Identifier: MIT
 * arg.c — walking and copying argument trees. */
#include "graph/graph.h"

/* Items of a list-like argument; a dict has two entries for each. */
static uint32_t arg_items(const arg *a) {
    switch (a->kind) {
    case ARG_LIST:
    case ARG_TUPLE: return a->count;
    case ARG_DICT: return 2 * a->count;
    case ARG_SLICE: return 3;
    default: return 0;
    }
}

void arg_each(const arg *a, void (*f)(void *user, value v), void *user) {
    if (a->kind == ARG_VALUE) f(user, a->value);
    for (uint32_t i = 0, n = arg_items(a); i < n; i++) arg_each(&a->list[i], f, user);
}

bool arg_reads(const arg *a, value v) {
    if (a->kind == ARG_VALUE) return a->value == v;
    bool found = false;
    for (uint32_t i = 0, n = arg_items(a); i < n && !found; i++) found = arg_reads(&a->list[i], v);
    return found;
}

static arg copy(cot_graph *g, const arg *a, const value *map) {
    arg c = *a;
    switch (a->kind) {
    case ARG_VALUE:
        if (map) c.value = map[a->value];
        break;
    case ARG_STRING:
    case ARG_CONST:
    case ARG_DEVICE:
    case ARG_CALL: c.s = arena_string(g->arena, a->s, strlen(a->s)); break;
    case ARG_BYTES: c.s = arena_string(g->arena, a->s, a->count); break;
    case ARG_COMPLEX: c.complex = arena_copy(g->arena, a->complex, 2 * sizeof(double)); break;
    default: break;
    }
    uint32_t items = arg_items(a);
    if (!items) return c;
    arg *list = ARENA_ARRAY(g->arena, arg, items);
    for (uint32_t i = 0; i < items; i++) list[i] = copy(g, &a->list[i], map);
    c.list = list;
    return c;
}

arg arg_map(cot_graph *g, const arg *a, const value *map) { return copy(g, a, map); }

/* ---- the values a node reads ------------------------------------------------------------------------------------- */

typedef struct inputs {
    arena *arena;
    value_list *out;
    map seen; /* used once there are too many to compare one by one */
} inputs;

#define FEW 16

static void add_input(void *user, value v) {
    inputs *in = user;
    value_list *out = in->out;
    if (out->count < FEW) {
        for (uint32_t i = 0; i < out->count; i++)
            if (out->data[i] == v) return;
    } else {
        if (!in->seen.arena) {
            in->seen.arena = in->arena;
            for (uint32_t i = 0; i < out->count; i++) map_set_number(&in->seen, out->data[i], 1);
        }
        if (map_get_number(&in->seen, v) != MAP_NONE) return;
        map_set_number(&in->seen, v, 1);
    }
    *VEC_PUSH(in->arena, out) = v;
}

void node_inputs(arena *a, const node *n, value_list *out) {
    inputs in = {.arena = a, .out = out};
    out->count = 0;
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], add_input, &in);
}

void arg_leaves(arena *a, const arg *tree, arg_list *out) {
    if (tree->kind == ARG_LIST || tree->kind == ARG_TUPLE) {
        for (uint32_t i = 0; i < tree->count; i++) arg_leaves(a, &tree->list[i], out);
    } else if (tree->kind == ARG_DICT) {
        for (uint32_t i = 0; i < tree->count; i++) arg_leaves(a, &tree->list[2 * i + 1], out);
    } else {
        *VEC_PUSH(a, out) = *tree;
    }
}
