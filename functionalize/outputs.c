/* SPDX-License-Identifier: MIT
 * outputs.c — the end of the walk: new values of mutated inputs, the program's outputs and how they alias, bases.
 *
 * An output that lies in an input's storage is given back as a view of the input; outputs that share an intermediate
 * are views of its base, which becomes an output of its own when it is none yet, so that one tangent reaches all of
 * them (PyTorch: collect_metadata_analysis.py, notes on intermediate bases and on multi-output views). */
#include "functionalize/walk.h"

typedef struct leaf {
    arg a;           /* as the program has it */
    uint32_t tensor; /* NONE: no tensor */
    output_alias alias;
} leaf;

typedef struct outputs {
    leaf *leaves;
    uint32_t count;
    uint32_t *by_storage, *multi_by_storage; /* outputs in a storage; those behind a multi-output view */
    VEC(uint32_t) bases;                     /* views */
    VEC(arg) list;                           /* what the graph returns */
} outputs;

static view *view_of(walk *w, uint32_t t) { return walk_view(w, walk_tensor(w, t)->view); }
static bool grad_of(walk *w, uint32_t t) { return walk_root_of(w, walk_tensor(w, t)->view)->requires_grad; }

/* ---- inputs ---------------------------------------------------------------------------------------------------- */

static bool same_layout(const type *a, const type *b) {
    return type_equal(a, b, true) && dim_equal(a->offset, b->offset);
}

/* It has been given other memory than it came with (set_). */
static bool is_rebound(walk *w, uint32_t i) {
    return walk_storage_of(w, walk_tensor(w, w->inputs[i])->view)->input != i;
}

static bool has_new_data(walk *w, uint32_t i) {
    return is_rebound(w, i) || walk_storage_of(w, walk_tensor(w, w->inputs[i])->view)->version > 0;
}

static bool has_new_metadata(walk *w, uint32_t i) {
    tensor *t = walk_tensor(w, w->inputs[i]);
    if (walk_view(w, t->view)->parent == NONE) return false;
    return !same_layout(graph_type(w->b.graph, t->current), graph_type(w->b.graph, w->b.graph->inputs.data[i]));
}

/* FUN-09: may the new value be written by a copy_ in the graph? */
static bool stays_inside(walk *w, uint32_t i) {
    view *base = walk_view(w, walk_storage_of(w, walk_tensor(w, w->inputs[i])->view)->base);
    bool tracked = base->requires_grad && walk_storage_of(w, walk_tensor(w, w->inputs[i])->view)->tracked_write;
    return w->options->keep_input_mutations && !w->body && has_new_data(w, i) && !has_new_metadata(w, i) && !tracked;
}

static enum fresh wanted(walk *w, uint32_t i) {
    view *base = walk_view(w, walk_storage_of(w, walk_tensor(w, w->inputs[i])->view)->base);
    if (w->body || w->options->inference || !base->requires_grad || stays_inside(w, i) || is_rebound(w, i))
        return FRESH_NO;
    return has_new_data(w, i) ? FRESH_CLONE : has_new_metadata(w, i) ? FRESH_VIEW : FRESH_NO;
}

/* What an input has been given must find room where the input lies. */
static void check_fits(walk *w, uint32_t i) {
    const type *to = graph_type(w->b.graph, w->b.graph->inputs.data[i]);
    const type *from = graph_type(w->b.graph, walk_tensor(w, w->inputs[i])->current);
    syms *s = w->b.graph->ctx->syms;
    if (!dim_equal(type_numel(s, to), type_numel(s, from)))
        builder_fail(&w->b, COT_UNSUPPORTED, "set_ gives the input %s memory of another size",
                     graph_node(w->b.graph, w->b.graph->inputs.data[i])->name);
}

/* The new values of mutated inputs; those that stay inside get their copy_ later. */
static void add_mutated(walk *w, outputs *o) {
    cot_graph *g = w->b.graph;
    uint32_t *mutated = ARENA_ARRAY(g->arena, uint32_t, g->inputs.count);
    for (uint32_t i = 0; i < g->inputs.count; i++) {
        if (w->inputs[i] == NONE) continue;
        if (wanted(w, i) != w->fresh[i]) {
            w->fresh[i] = wanted(w, i);
            w->again = true;
        }
        if ((!has_new_data(w, i) && !has_new_metadata(w, i)) || stays_inside(w, i)) continue;
        if (is_rebound(w, i)) check_fits(w, i);
        mutated[g->num_mutated++] = i;
        *VEC_PUSH(w->scratch, &o->list) = arg_value(alias_read(w, w->inputs[i]));
    }
    g->mutated = mutated;
}

static void add_copies(walk *w, outputs *o) {
    cot_graph *g = w->b.graph;
    w->b.flags = w->b.checkpoint = 0;
    for (uint32_t i = 0; i < g->inputs.count && !w->b.status; i++) {
        if (w->inputs[i] == NONE || !stays_inside(w, i)) continue;
        value v = walk_tensor(w, w->inputs[i])->current;
        value written = emit(&w->b, "copy_", "vv", g->inputs.data[i], v);
        for (uint32_t k = 0; k < o->count; k++)
            if (o->leaves[k].tensor == w->inputs[i]) o->list.data[g->num_mutated + k] = arg_value(written);
    }
}

/* ---- mutations that the program's signature names (after run_decompositions) ----------------------------------- */

static uint32_t input_named(const cot_graph *g, const output_spec *spec) {
    for (uint32_t i = 0; i < g->input_specs.count; i++) {
        const input_spec *in = &g->input_specs.data[i];
        const char *name = spec->kind == OUTPUT_BUFFER_MUTATION ? in->target : graph_node(g, g->inputs.data[i])->name;
        if (name && spec->target && strcmp(name, spec->target) == 0) return i;
    }
    return NONE;
}

static bool is_mutation(const cot_graph *g, uint32_t k) {
    if (k >= g->output_specs.count) return false;
    uint8_t kind = g->output_specs.data[k].kind;
    return kind == OUTPUT_BUFFER_MUTATION || kind == OUTPUT_INPUT_MUTATION;
}

/* Writes them, and gives the leaves that are left. */
static void take_leaves(walk *w, outputs *o, const arg_list *all) {
    o->leaves = ARENA_ARRAY(w->scratch, leaf, all->count);
    for (uint32_t k = 0; k < all->count; k++) {
        const arg *a = &all->data[k];
        uint32_t t = a->kind == ARG_VALUE ? w->bound[a->value].tensor : NONE;
        bool mutation = !w->body && is_mutation(w->source, k);
        uint32_t i = mutation ? input_named(w->source, &w->source->output_specs.data[k]) : NONE;
        if (i != NONE && t != NONE && w->inputs[i] != NONE)
            mutate_write(w, w->inputs[i], mutate_fit(w, w->inputs[i], alias_read(w, t)));
        else o->leaves[o->count++] = (leaf){.a = *a, .tensor = t};
    }
}

/* ---- how outputs alias ----------------------------------------------------------------------------------------- */

static void count_storages(walk *w, outputs *o) {
    o->by_storage = ARENA_ARRAY(w->scratch, uint32_t, w->storages.count);
    o->multi_by_storage = ARENA_ARRAY(w->scratch, uint32_t, w->storages.count);
    for (uint32_t k = 0; k < o->count; k++) {
        if (o->leaves[k].tensor == NONE) continue;
        const view *v = view_of(w, o->leaves[k].tensor);
        o->by_storage[v->storage]++;
        o->multi_by_storage[v->storage] += v->from_multi;
    }
}

static output_alias alias_input(walk *w, const outputs *o, const leaf *l, uint32_t input) {
    const view *v = view_of(w, l->tensor);
    bool has_function = grad_of(w, l->tensor) && (v->parent != NONE || has_new_data(w, input));
    if (has_function && o->by_storage[v->storage] == o->multi_by_storage[v->storage]) return (output_alias){0};
    return (output_alias){.kind = l->tensor == w->inputs[input] ? ALIAS_IS_INPUT : ALIAS_OF_INPUT, .base = input};
}

static output_alias alias_base(walk *w, outputs *o, uint32_t root) {
    for (uint32_t k = 0; k < o->count; k++)
        if (o->leaves[k].tensor != NONE && walk_tensor(w, o->leaves[k].tensor)->view == root)
            return (output_alias){.kind = ALIAS_OF_OUTPUT, .base = k};
    uint32_t i = 0;
    while (i < o->bases.count && o->bases.data[i] != root) i++;
    if (i == o->bases.count) *VEC_PUSH(w->scratch, &o->bases) = root;
    return (output_alias){.kind = ALIAS_OF_INTERMEDIATE, .base = i};
}

/* An output without history beside an equal one with it: `return y.detach(), y`. */
static output_alias alias_twin(walk *w, const outputs *o, const leaf *l) {
    const type *t = graph_type(w->b.graph, walk_tensor(w, l->tensor)->current);
    for (uint32_t k = 0; k < o->count; k++) {
        uint32_t other = o->leaves[k].tensor;
        if (other == NONE || !grad_of(w, other)) continue;
        if (view_of(w, other)->storage != view_of(w, l->tensor)->storage) continue;
        if (same_layout(t, graph_type(w->b.graph, walk_tensor(w, other)->current)))
            return (output_alias){.kind = ALIAS_OF_OUTPUT, .base = k};
    }
    return (output_alias){0};
}

static output_alias classify(walk *w, outputs *o, const leaf *l) {
    if (l->tensor == NONE) return (output_alias){0};
    uint32_t at = walk_tensor(w, l->tensor)->view;
    const view *v = walk_view(w, at);
    uint32_t input = w->storages.data[v->storage].input, count = o->by_storage[v->storage];
    if (input != NONE) return alias_input(w, o, l, input);
    if (grad_of(w, l->tensor) && at != v->root)
        return count - o->multi_by_storage[v->storage] <= 1 ? (output_alias){0} : alias_base(w, o, v->root);
    return count > 1 && !grad_of(w, l->tensor) ? alias_twin(w, o, l) : (output_alias){0};
}

/* ---- the output of the graph ----------------------------------------------------------------------------------- */

static void add_leaves(walk *w, outputs *o) {
    for (uint32_t k = 0; k < o->count; k++) *VEC_PUSH(w->scratch, &o->list) = walk_arg(w, &o->leaves[k].a, true);
    output_alias *aliases = ARENA_ARRAY(w->b.graph->arena, output_alias, o->count);
    for (uint32_t k = 0; k < o->count; k++) aliases[k] = classify(w, o, &o->leaves[k]);
    w->b.graph->aliases = aliases;
    w->b.graph->num_user_outputs = o->count;
}

/* The structure with each leaf replaced by its place in the list that the graph returns. */
static arg structure_of(cot_graph *g, const arg *tree, uint32_t *next) {
    arg r = *tree;
    bool dict = tree->kind == ARG_DICT;
    if (tree->kind != ARG_LIST && tree->kind != ARG_TUPLE && !dict) return arg_int((*next)++);
    arg *items = ARENA_ARRAY(g->arena, arg, dict ? 2 * tree->count : tree->count);
    for (uint32_t i = 0; i < (dict ? 2 * tree->count : tree->count); i++)
        items[i] = dict && i % 2 == 0 ? arg_map(g, &tree->list[i], NULL) : structure_of(g, &tree->list[i], next);
    r.list = items;
    return r;
}

/* A program that names mutations returns a plain tuple. */
static arg user_structure(cot_graph *g, const arg *tree, uint32_t all, uint32_t count) {
    uint32_t next = g->num_mutated;
    if (all == count) return structure_of(g, tree, &next);
    arg *items = ARENA_ARRAY(g->arena, arg, count);
    for (uint32_t k = 0; k < count; k++) items[k] = arg_int(next++);
    return (arg){.kind = ARG_TUPLE, .list = items, .count = count};
}

/* A body keeps what it returns, and returns what it wrote behind that (ISG-19). */
static void finish_body(walk *w, outputs *o) {
    cot_graph *g = w->b.graph;
    arg tree = walk_arg(w, &w->source->output, true);
    if (g->num_mutated) {
        uint32_t total = o->count + g->num_mutated;
        arg *items = ARENA_ARRAY(w->scratch, arg, total);
        for (uint32_t k = 0; k < o->count; k++) items[k] = o->list.data[g->num_mutated + k];
        for (uint32_t k = 0; k < g->num_mutated; k++) items[o->count + k] = o->list.data[k];
        tree = (arg){.kind = ARG_TUPLE, .list = items, .count = total};
    }
    g->output = arg_map(g, &tree, NULL);
}

void outputs_finish(walk *w) {
    cot_graph *g = w->b.graph;
    outputs o = {0};
    arg_list all = {0};
    arg_leaves(w->scratch, &w->source->output, &all);
    w->b.flags = w->b.checkpoint = 0;
    take_leaves(w, &o, &all);
    if (w->b.status) return;
    w->b.flags = NODE_NO_GRAD; /* to hand a value back is no use of it that could be refused */
    add_mutated(w, &o);
    count_storages(w, &o);
    add_leaves(w, &o);
    if (w->b.status) return;
    if (w->body) {
        finish_body(w, &o);
        return;
    }
    add_copies(w, &o);
    for (uint32_t i = 0; i < o.bases.count; i++)
        *VEC_PUSH(w->scratch, &o.list) = arg_value(alias_root_value(w, o.bases.data[i]));
    g->num_bases = o.bases.count;
    arg tuple = {.kind = ARG_TUPLE, .list = o.list.data, .count = o.list.count};
    g->output = arg_map(g, &tuple, NULL);
    arg *structure = ARENA_NEW(g->arena, arg);
    *structure = user_structure(g, &w->source->output, all.count, o.count);
    g->user_output = structure;
}
