/* SPDX-License-Identifier: MIT
 * same.c — common subexpressions out of the joint graph (PAR-29), and parts of tuples right behind their producers
 * (PAR-37). Random, effectful and control operators, and values that share storage with an output, stay apart. */
#include "partition/analysis.h"
#include <string.h>

static uint64_t hash_arg(const arg *a, const value *map, uint64_t h) {
    h = hash_bytes(&a->kind, 1, h);
    switch ((arg_kind)a->kind) {
    case ARG_VALUE: return hash_bytes(&map[a->value], sizeof(value), h);
    case ARG_INT:
    case ARG_BOOL:
    case ARG_DTYPE: return hash_bytes(&a->i, sizeof(a->i), h);
    case ARG_FLOAT: return hash_bytes(&a->f, sizeof(a->f), h);
    case ARG_COMPLEX: return hash_bytes(a->complex, 2 * sizeof(double), h);
    case ARG_STRING:
    case ARG_CONST:
    case ARG_DEVICE:
    case ARG_CALL: return hash_bytes(a->s, strlen(a->s), h);
    case ARG_BYTES: return hash_bytes(a->s, a->count, h);
    case ARG_LIST:
    case ARG_TUPLE:
    case ARG_SLICE:
    case ARG_DICT:
        h = hash_bytes(&a->count, sizeof(a->count), h);
        for (uint32_t i = 0; i < (a->kind == ARG_DICT ? 2 : 1) * (a->kind == ARG_SLICE ? 3 : a->count); i++)
            h = hash_arg(&a->list[i], map, h);
        return h;
    case ARG_OP: return hash_bytes(&a->op->id, sizeof(a->op->id), h);
    case ARG_NONE:
    case ARG_ELLIPSIS: return h;
    }
    return h;
}

/* Both already in the new graph's values. Floats are compared by their bits: -0.0 is not 0.0, nan is itself. */
static bool same_arg(const arg *a, const arg *b) {
    if (a->kind != b->kind) return false;
    switch ((arg_kind)a->kind) {
    case ARG_VALUE: return a->value == b->value;
    case ARG_INT:
    case ARG_BOOL:
    case ARG_DTYPE:
    case ARG_FLOAT: return a->i == b->i;
    case ARG_COMPLEX: return !memcmp(a->complex, b->complex, 2 * sizeof(double));
    case ARG_STRING:
    case ARG_CONST:
    case ARG_DEVICE:
    case ARG_CALL: return !strcmp(a->s, b->s);
    case ARG_BYTES: return a->count == b->count && !memcmp(a->s, b->s, a->count);
    case ARG_LIST:
    case ARG_TUPLE:
    case ARG_SLICE:
    case ARG_DICT: {
        if (a->count != b->count) return false;
        const uint32_t count = (a->kind == ARG_DICT ? 2 : 1) * (a->kind == ARG_SLICE ? 3 : a->count);
        for (uint32_t i = 0; i < count; i++)
            if (!same_arg(&a->list[i], &b->list[i])) return false;
        return true;
    }
    case ARG_OP: return a->op == b->op;
    case ARG_NONE:
    case ARG_ELLIPSIS: return true;
    }
    return false;
}

/* The value whose storage v lies in, as far as views go. */
static value storage_of(const cot_graph *g, const value *root, value v) {
    const node *n = graph_node(g, v);
    if (!(n->op->traits & OP_VIEW) && n->op->kind != OP_GETITEM) return v;
    if (!n->nargs || n->args[0].kind != ARG_VALUE) return v;
    const value from = n->args[0].value;
    if (n->op->kind == OP_GETITEM && !(graph_node(g, from)->op->traits & OP_VIEW)) return v;
    return root[from];
}

static bool may_merge(const node *n) {
    if (n->op->kind != OP_CALL && n->op->kind != OP_GETITEM && n->op->kind != OP_MAGIC) return false;
    return !(n->op->traits & (OP_RANDOM | OP_EFFECT | OP_CONTROL | OP_MUTATES));
}

/* What gives a symbol its value is not replaced by what gives an equal value to another. */
static bool has_same_symbols(const node *a, const node *b) {
    if (!(a->op->traits & OP_BINDS)) return true;
    return a->type.kind == TYPE_FLOAT ? a->type.expr == b->type.expr : type_equal(&a->type, &b->type, false);
}

/* A part that is placed behind its tuple; a part of a part stays where it is. */
static bool is_part(const cot_graph *g, value v) {
    const node *n = graph_node(g, v);
    return n->op->kind == OP_GETITEM && n->args[0].kind == ARG_VALUE &&
           graph_node(g, n->args[0].value)->op->kind != OP_GETITEM;
}

cot_graph *merge_equal(const cot_graph *joint, bool body) {
    cot_graph *g = graph_create(joint->ctx, joint->class_name);
    arena *scratch = arena_create(joint->ctx);
    const uint32_t count = joint->nodes.count;
    value *map = ARENA_ARRAY(scratch, value, count), *root = ARENA_ARRAY(scratch, value, count);
    bool *is_output = ARENA_ARRAY(scratch, bool, count);
    for (value v = 0; v < count; v++) root[v] = storage_of(joint, root, v);
    arg_list outputs = {0};
    arg_leaves(scratch, &joint->output, &outputs);
    for (uint32_t i = 0; i < outputs.count; i++)
        if (outputs.data[i].kind == ARG_VALUE) is_output[root[outputs.data[i].value]] = true;

    /* Parts of a tuple in their order, to be placed behind it. */
    value *first_part = ARENA_ARRAY(scratch, value, count), *next_part = ARENA_ARRAY(scratch, value, count);
    for (value v = 0; v < count; v++) first_part[v] = NO_VALUE;
    for (value v = count; v-- > 0;) {
        const node *n = graph_node(joint, v);
        if (!is_part(joint, v)) continue;
        next_part[v] = first_part[n->args[0].value];
        first_part[n->args[0].value] = v;
    }
    /* A body may be differentiated again: what has a history there is not what has none. */
    const uint32_t apart = NODE_RECOMPUTE | (body ? NODE_NO_GRAD : 0);
    struct map seen = {.arena = scratch};
    graph_copy_facts(g, joint);
    graph_copy_outputs(g, joint);
    graph_copy_children(g, joint);
    for (value v = 0; v < count; v++) {
        if (is_part(joint, v)) continue;
        for (value w = v; w != NO_VALUE; w = w == v ? first_part[v] : next_part[w]) {
            const node *n = graph_node(joint, w);
            uint64_t h = 0;
            const bool mergeable = may_merge(n) && !is_output[root[w]];
            if (mergeable) {
                h = hash_bytes(&n->op->id, sizeof(n->op->id), n->flags & apart);
                for (uint32_t i = 0; i < n->nargs; i++) h = hash_arg(&n->args[i], map, h);
                const uint32_t other = map_get_number(&seen, h);
                if (other != MAP_NONE && graph_node(g, other)->op == n->op && graph_node(g, other)->nargs == n->nargs) {
                    bool same = has_same_symbols(n, graph_node(g, other));
                    for (uint32_t i = 0; i < n->nargs && same; i++) {
                        const arg mapped = arg_map(g, &n->args[i], map);
                        same = same_arg(&mapped, &graph_node(g, other)->args[i]);
                    }
                    if (same) {
                        map[w] = other;
                        continue;
                    }
                }
            }
            map[w] = graph_copy_node(g, joint, w, map);
            node *copy = &g->nodes.data[map[w]];
            if (n->forward != NO_VALUE) copy->forward = map[n->forward];
            if (n->op->kind == OP_PLACEHOLDER) *VEC_PUSH(g->arena, &g->inputs) = map[w];
            if (mergeable) map_set_number(&seen, h, map[w]);
        }
    }
    g->output = arg_map(g, &joint->output, map);
    for (uint32_t i = 0; i < joint->input_specs.count; i++) {
        input_spec spec = joint->input_specs.data[i];
        spec.node = map[spec.node];
        if (spec.target) spec.target = arena_printf(g->arena, "%s", spec.target);
        *VEC_PUSH(g->arena, &g->input_specs) = spec;
    }
    g->is_joint = joint->is_joint;
    g->num_tangents = joint->num_tangents;
    if (joint->tangent_outputs)
        g->tangent_outputs =
            arena_copy(g->arena, joint->tangent_outputs, joint->num_tangents * sizeof(*joint->tangent_outputs));
    arena_destroy(scratch);
    return g;
}
