/* SPDX-License-Identifier: MIT
 * marks.c — regions of vmap that a program carries as marks (ops/control/vmap_mark.c), written out.
 *
 * What is of one example is known value by value: an _add_batch_dim begins it, all that is computed from it at that
 * level has it, a _remove_batch_dim ends it. So levels are taken off one by one, the innermost first, each in one walk
 * over the graph; bodies of calls have their own marks taken off before. */
#include "transforms/marks.h"

#include "base/error.h"
#include "transforms/vmap.h"

#include <string.h>

static bool has_marks(const cot_graph *g) {
    for (value v = 0; v < g->nodes.count; v++)
        if (marks_of(graph_node(g, v))) return true;
    for (uint32_t i = 0; i < g->children.count; i++)
        if (has_marks(g->children.data[i].graph)) return true;
    return false;
}

/* The level that a mark names; 0: none. */
static int64_t named_level(const node *n) {
    switch (marks_of(n)) {
    case BATCH_MARK_ADD: return n->args[2].i;
    case BATCH_MARK_REMOVE:
    case BATCH_MARK_WRAP: return n->args[1].i;
    case BATCH_MARK_SAME: return n->nargs > 1 && n->args[1].kind == ARG_INT ? n->args[1].i : 0;
    default: return 0;
    }
}

/* Levels count from that of the graph's first mark, as a body stands inside its caller's. */
static void find_levels(const cot_graph *g, int64_t *least, int64_t *most) {
    int64_t depth = 0, deepest = 0;
    *least = INT64_MAX;
    *most = 0;
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        const int64_t level = named_level(n);
        depth += marks_opens(marks_of(n));
        deepest = MAX(deepest, depth);
        depth -= marks_closes(marks_of(n));
        if (!level) continue;
        *least = MIN(*least, level);
        *most = MAX(*most, level);
    }
    if (*least == INT64_MAX) *least = 1;
    *most = MAX(MAX(*most, *least), *least - 1 + deepest);
}

/* One level being taken off. */
typedef struct level_walk {
    vmap_walk w;
    int64_t level, depth; /* depth: level of the regions that are open at this node */
} level_walk;

static uint8_t randomness_of(const char *name) {
    return !strcmp(name, "different") ? BATCH_RANDOM_DIFFERENT
           : !strcmp(name, "same")    ? BATCH_RANDOM_SAME
                                      : BATCH_RANDOM_ERROR;
}

static void copy(vmap_walk *w, value v) {
    w->map[v] = graph_copy_node_named(w->b->graph, w->source, v, w->map, graph_node(w->source, v)->name);
}

/* A value enters the level. */
static cot_status add_batch(vmap_walk *w, value v, const node *n) {
    const value x = arg_as_value(&n->args[0]);
    const type *t = graph_type(w->source, x);
    const int64_t d = n->args[1].i < 0 ? n->args[1].i + t->ndim : n->args[1].i;
    if (w->batched[x]) return builder_fail(w->b, COT_SCHEMA, "_add_batch_dim: the tensor has a batch at this level");
    w->map[v] = vmap_move(w->b, w->map[x], d, 0);
    w->batched[v] = true;
    return w->b->status;
}

/* The wrapping of a level further out, around all examples. */
static cot_status wrap_batch(vmap_walk *w, value v, const node *n) {
    const arg args[2] = {arg_map(w->b->graph, &n->args[0], w->map), n->args[1]};
    w->map[v] = emit_raw(w->b, n->op, args, 2, TYPE_OF(w->b, args[0].value), NULL);
    w->batched[v] = true;
    return w->b->status;
}

static cot_status walk_node(level_walk *l, value v) {
    vmap_walk *w = &l->w;
    const node *n = graph_node(w->source, v);
    const uint8_t mark = marks_of(n);
    w->b->place_node = v;
    if (mark == BATCH_MARK_NOTHING) return COT_OK;
    const bool wrap = mark == BATCH_MARK_WRAP && n->args[1].i == l->level;
    if (mark == BATCH_MARK_SAME || wrap || (mark == BATCH_MARK_DUAL && l->depth == l->level)) {
        w->map[v] = w->map[n->args[0].value];
        w->batched[v] = w->batched[n->args[0].value];
        return COT_OK;
    }
    l->depth += marks_opens(mark);
    if (marks_opens(mark) || marks_closes(mark)) {
        if (l->depth != l->level) copy(w, v);
        else if (mark == BATCH_MARK_BEGIN) {
            w->size = arg_as_dim(w->source, &n->args[0]);
            w->randomness = randomness_of(n->args[1].s);
        }
        l->depth -= marks_closes(mark);
        return COT_OK;
    }
    if (mark == BATCH_MARK_WRAP && vmap_any(w, n)) return wrap_batch(w, v, n);
    if (mark == BATCH_MARK_ADD && n->args[2].i == l->level) return add_batch(w, v, n);
    if (mark == BATCH_MARK_REMOVE && n->args[1].i == l->level) {
        const arg all = vmap_output(w, &n->args[0], n->args[3].i);
        w->map[v] = arg_as_value(&all);
        return w->b->status;
    }
    if (n->op->kind == OP_PLACEHOLDER) return copy(w, v), COT_OK;
    const uint8_t randomness = w->randomness;
    if (l->depth < l->level) w->randomness = BATCH_RANDOM_SAME; /* outside of the level's regions */
    const cot_status status = mark && !vmap_any(w, n) ? (copy(w, v), w->b->status) : vmap_node(w, v);
    w->randomness = randomness;
    return status;
}

void marks_copy_signature(cot_graph *to, const cot_graph *from, const value *map) {
    graph_copy_facts(to, from);
    graph_copy_outputs(to, from);
    to->is_program = from->is_program;
    to->is_joint = from->is_joint;
    if (from->source && !to->parent) to->source = arena_string(to->arena, from->source, strlen(from->source));
    for (uint32_t i = 0; i < from->inputs.count; i++) *VEC_PUSH(to->arena, &to->inputs) = map[from->inputs.data[i]];
    for (uint32_t i = 0; i < from->input_specs.count; i++) {
        input_spec *spec = VEC_PUSH(to->arena, &to->input_specs);
        *spec = from->input_specs.data[i];
        if (spec->node != NO_VALUE) spec->node = map[spec->node];
        if (spec->target) spec->target = arena_string(to->arena, spec->target, strlen(spec->target));
    }
}

static cot_status check_outputs(const vmap_walk *w, arena *a) {
    arg_list leaves = {0};
    arg_leaves(a, &w->source->output, &leaves);
    for (uint32_t i = 0; i < leaves.count; i++)
        if (leaves.data[i].kind == ARG_VALUE && w->batched[leaves.data[i].value])
            return graph_fail(w->source, leaves.data[i].value, w->b->error, COT_SCHEMA,
                              "a value of one example leaves its region of vmap: _remove_batch_dim is missing");
    return COT_OK;
}

static cot_status take_level(const cot_graph *g, int64_t level, int64_t least, cot_graph *made, cot_error *error) {
    arena *scratch = arena_create(g->ctx);
    level_walk l = {.level = level, .depth = least - 1};
    builder b;
    builder_init(&b, made, error);
    b.decompose = true;
    b.place = g;
    vmap_start(&l.w, &b, g, 1, BATCH_RANDOM_ERROR, scratch);
    for (value v = 0; v < g->nodes.count && !b.status; v++) b.status = walk_node(&l, v);
    if (!b.status) b.status = check_outputs(&l.w, scratch);
    if (!b.status) {
        marks_copy_signature(made, g, l.w.map);
        made->output = arg_map(made, &g->output, l.w.map);
    }
    arena_destroy(scratch);
    return b.status;
}

static cot_graph *like(const cot_graph *g, cot_graph *root) {
    return root ? graph_create_child(root, g->class_name) : graph_create(g->ctx, g->class_name);
}

/* Whether derivatives are asked for. */
static bool asks(const cot_graph *g) {
    for (value v = 0; v < g->nodes.count; v++) {
        const uint8_t mark = marks_of(graph_node(g, v));
        if (mark == BATCH_MARK_DERIVE || mark == BATCH_MARK_UNPACK) return true;
    }
    return false;
}

/* A copy without marks; a root where root is NULL. */
static cot_status expand(const cot_graph *g, cot_graph *root, cot_graph **out, cot_error *error) {
    int64_t least, most;
    cot_graph *now = like(g, root), *next;
    find_levels(g, &least, &most);
    graph_copy_kept(g, NULL, now);
    for (uint32_t i = 0; i < g->children.count; i++) {
        cot_graph *child;
        TRY(expand(g->children.data[i].graph, root ? root : now, &child, error));
        graph_add_child(now, g->children.data[i].name, child);
    }
    for (int64_t level = most; level >= least; level--)
        for (int step = 0; step < 2; step++) {
            if (!step && !asks(now)) continue;
            next = like(g, root);
            graph_copy_children(next, now);
            const cot_status status =
                step ? take_level(now, level, least, next, error) : marks_derive(now, level, least - 1, next, error);
            if (!root) graph_destroy(now);
            if (status && !root) graph_destroy(next);
            TRY(status);
            now = next;
        }
    *out = graph_clean(now, root);
    if (!root) graph_destroy(now);
    return COT_OK;
}

/* Calls are numbered in each graph; those over a batch are new. */
static void number_calls(cot_graph *g) {
    uint32_t calls = 0;
    for (value v = 0; v < g->nodes.count; v++)
        if (graph_node(g, v)->op->traits & OP_CONTROL) g->nodes.data[v].call = ++calls;
    for (uint32_t i = 0; i < g->children.count; i++) number_calls(g->children.data[i].graph);
}

cot_status marks_expand(cot_graph **g, cot_error *error) {
    cot_graph *made = NULL;
    if (!has_marks(*g)) return COT_OK;
    TRY(expand(*g, NULL, &made, error));
    number_calls(made);
    graph_destroy(*g);
    *g = made;
    return COT_OK;
}
