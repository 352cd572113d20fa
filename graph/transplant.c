/* SPDX-License-Identifier: MIT
 * transplant.c — taking nodes, children and facts of one graph into another: what every pass that rebuilds does. */
#include "graph/graph.h"

/* Fills the new node `out` with what node v has. */
static value copy_into(cot_graph *to, value out, const cot_graph *from, value v, const value *map) {
    const node *old = graph_node(from, v);
    node *n = &to->nodes.data[out];
    const char *name = n->name;
    *n = *old;
    n->name = name;
    n->overwritten = n->forward = NO_VALUE;
    n->annotation = NULL;
    n->comment = graph_keep_comment(to, old->comment);
    if (old->dtype_text) n->dtype_text = arena_printf(to->arena, "%s", old->dtype_text);
    arg *args = ARENA_ARRAY(to->arena, arg, old->nargs);
    for (uint32_t i = 0; i < old->nargs; i++) args[i] = arg_map(to, &old->args[i], map);
    n->args = args;
    n->type = type_copy(to->arena, &old->type);
    if (old->target) n->target = arena_printf(to->arena, "%s", old->target);
    const char **names = old->kwnames ? ARENA_ARRAY(to->arena, const char *, old->nargs - old->npos) : NULL;
    for (uint32_t i = 0; names && i < (uint32_t)(old->nargs - old->npos); i++)
        names[i] = arena_string(to->arena, old->kwnames[i], strlen(old->kwnames[i]));
    n->kwnames = names;
    return out;
}

value graph_copy_node(cot_graph *to, const cot_graph *from, value v, const value *map) {
    return copy_into(to, graph_append(to, graph_node(from, v)->op, graph_node(from, v)->name), from, v, map);
}

value graph_copy_node_named(cot_graph *to, const cot_graph *from, value v, const value *map, const char *name) {
    return copy_into(to, graph_append_named(to, graph_node(from, v)->op, name), from, v, map);
}

void graph_copy_children(cot_graph *to, const cot_graph *from) {
    cot_graph *root = to->parent ? to->parent : to;
    for (uint32_t i = 0; i < from->children.count; i++) {
        const child *c = &from->children.data[i];
        if (!graph_child(to, c->name))
            graph_add_child(to, arena_printf(to->arena, "%s", c->name), graph_copy(c->graph, root));
    }
}

void graph_copy_facts(cot_graph *to, const cot_graph *from) {
    to->file = arena_printf(to->arena, "%s", from->file ? from->file : "");
    to->show_strides = from->show_strides;
    to->show_device = from->show_device;
    to->num_unbacked = MAX(to->num_unbacked, from->num_unbacked);
    for (uint32_t i = 0; i < from->ranges.count; i++) *VEC_PUSH(to->arena, &to->ranges) = from->ranges.data[i];
}

static arg copy_structure(arena *a, const arg *from) {
    arg out = *from;
    if (from->kind != ARG_LIST && from->kind != ARG_TUPLE && from->kind != ARG_DICT) return out;
    const uint32_t count = from->kind == ARG_DICT ? 2 * from->count : from->count;
    arg *items = ARENA_ARRAY(a, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = copy_structure(a, &from->list[i]);
    out.list = items;
    return out;
}

void graph_copy_outputs(cot_graph *to, const cot_graph *from) {
    arena *a = to->arena;
    to->num_mutated = from->num_mutated;
    to->mutated = from->mutated ? arena_copy(a, from->mutated, from->num_mutated * sizeof(*from->mutated)) : NULL;
    to->num_user_outputs = from->num_user_outputs;
    to->aliases = from->aliases ? arena_copy(a, from->aliases, from->num_user_outputs * sizeof(*from->aliases)) : NULL;
    to->num_bases = from->num_bases;
    if (from->user_output) {
        arg *copy = ARENA_NEW(a, arg);
        *copy = copy_structure(a, from->user_output);
        to->user_output = copy;
    }
}
