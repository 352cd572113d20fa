/* SPDX-License-Identifier: MIT
 * layout.c — channels innermost for the images of convolutions, and for what is computed from them (layout.h).
 *
 * Every value has its own version, in the layout that suits it, and where somebody needs it, a version with the strides
 * that the program says ("plain"), made at first use. What strides mean to an operator is in its record: some want
 * channels innermost, some compute in any layout and give their result the operands', some only read any layout, and
 * to all others strides are part of what they are told. Result types come from the shape rules, which follow layouts
 * as PyTorch does. The idea is that of layout propagation in compilers of neural networks (Liu et al., "Optimizing CNN
 * model inference on CPUs", 2019). */
#include "lower/layout.h"
#include "ops/emit.h"

#include <string.h>

enum { SMALL = 1024 }; /* elements of an image that is not worth turning */

typedef struct chooser {
    const cot_graph *from, *forward;
    cot_graph *to;
    arena *scratch;
    value *own, *plain, *turned; /* versions by value of `from`; turned: with channels innermost */
    value *use;                  /* the versions that the node at hand reads */
    bool *pinned;                /* shares memory with an output: keeps the program's strides */
} chooser;

/* ---- types ------------------------------------------------------------------------------------------------------- */

/* Equal strides wherever there is more than one position. */
static bool same_strides(const type *a, const type *b) {
    if (a->kind != b->kind || a->ndim != b->ndim || a->count != b->count) return false;
    for (uint32_t d = 0; a->kind == TYPE_TENSOR && d < a->ndim; d++)
        if (!dim_is_one(a->sizes[d]) && !dim_equal(a->strides[d], b->strides[d])) return false;
    for (uint32_t i = 0; a->kind == TYPE_TUPLE && i < a->count; i++)
        if (!same_strides(&a->parts[i], &b->parts[i])) return false;
    return true;
}

/* The same tensors but for strides. */
static bool same_tensors(const type *a, const type *b) {
    if (a->kind != b->kind || a->dtype != b->dtype || a->ndim != b->ndim || a->count != b->count) return false;
    for (uint32_t d = 0; a->kind == TYPE_TENSOR && d < a->ndim; d++)
        if (!dim_equal(a->sizes[d], b->sizes[d])) return false;
    for (uint32_t i = 0; a->kind == TYPE_TUPLE && i < a->count; i++)
        if (!same_tensors(&a->parts[i], &b->parts[i])) return false;
    return true;
}

/* (batch, channels, spatial …) of these sizes, dense, with channels innermost. */
static type turned_type(const chooser *c, const type *t) {
    dim strides[COT_MAX_DIMS], next = 1;
    for (uint32_t i = 0; i < t->ndim; i++) {
        const uint32_t d = i == 0 ? 1 : i + 1 < t->ndim ? t->ndim - i : 0;
        strides[d] = next;
        next *= MAX(t->sizes[d], 1);
    }
    return type_strided(c->to->arena, (cot_dtype)t->dtype, t->sizes, strides, t->ndim, 0);
}

static bool is_image(const type *t) {
    return t->kind == TYPE_TENSOR && (t->ndim == 4 || t->ndim == 5) && type_is_static(t);
}

static bool is_view(const op *o) { return (o->traits & (OP_VIEW | OP_RECOMPUTE_FREE)) && o->kind == OP_CALL; }

static layout_rule rule_of(const op *o) {
    if (o->kind != OP_CALL || (o->traits & (OP_MUTATES | OP_RANDOM | OP_CONTROL | OP_PACK | OP_EFFECT)))
        return LAYOUT_FIXED;
    if (o->record->layout) return o->record->layout;
    if (is_view(o) || (o->traits & OP_POINTWISE)) return LAYOUT_FOLLOWED;
    return o->traits & (OP_REDUCTION | OP_CREATES) ? LAYOUT_READ : LAYOUT_FIXED;
}

/* ---- versions ---------------------------------------------------------------------------------------------------- */

static bool is_changed(const chooser *c, value v) { return c->own[v] != c->plain[v]; }

/* A copy of node v that reads the versions in c->use. */
static value add_node(chooser *c, value v, const char *name) {
    return graph_copy_node_named(c->to, c->from, v, c->use, name);
}

static void set_type(chooser *c, value v, const type *t) { c->to->nodes.data[v].type = *t; }

/* Version v of the new graph, copied into another layout. Its name is one that no text can have: those of the program's
 * nodes must stay free, for the backward finds what the forward saves by name. */
static value add_copy(chooser *c, value v, const type *t) {
    const op *copy = op_find(c->to->ctx, "aten.clone.default");
    const char *name = arena_printf(c->scratch, "%s:copy", graph_node(c->to, v)->name);
    const value out = graph_append_named(c->to, copy, name);
    node *n = &c->to->nodes.data[out];
    arg *args = ARENA_ARRAY(c->to->arena, arg, copy->num_params);
    args[0] = arg_value(v);
    n->args = args, n->nargs = copy->num_params, n->npos = 1;
    n->type = type_copy(c->to->arena, t);
    return out;
}

static value plain_of(chooser *c, value v);

static void use_plain(void *user, value v) {
    chooser *c = user;
    c->use[v] = plain_of(c, v);
}

/* The version with the program's strides. Views are taken again, of what they are views of. */
static value plain_of(chooser *c, value v) {
    if (c->plain[v] != NO_VALUE) return c->plain[v];
    const node *n = graph_node(c->from, v);
    const bool part = n->op->kind == OP_GETITEM;
    const op *viewed = part ? graph_node(c->from, n->args[0].value)->op : n->op;
    if (is_view(viewed)) {
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], use_plain, c);
        c->plain[v] = add_node(c, v, arena_printf(c->scratch, "%s:plain", n->name));
    } else {
        c->plain[v] = add_copy(c, c->own[v], &n->type);
    }
    return c->plain[v];
}

static value turned_of(chooser *c, value v) {
    const type wanted = turned_type(c, graph_type(c->from, v));
    if (c->turned[v] != NO_VALUE) return c->turned[v];
    const bool already = same_strides(graph_type(c->to, c->own[v]), &wanted);
    return c->turned[v] = already ? c->own[v] : add_copy(c, c->own[v], &wanted);
}

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

typedef VEC(value) values;

typedef struct gather {
    arena *arena;
    values *list;
} gather;

static void add_value(void *user, value v) {
    gather *to = user;
    *VEC_PUSH(to->arena, to->list) = v;
}

/* Does the layout of parameter i matter? */
static bool is_about(const op *o, uint32_t i) {
    if (!o->has_schema || o->params[i].type != PARAM_TENSOR) return false;
    return !o->record->layout_images || o->record->layout_images >> i & 1;
}

/* The operands whose layout matters to the node. */
static void images_of(chooser *c, const node *n, values *out) {
    gather to = {c->scratch, out};
    for (uint32_t i = 0; i < n->nargs; i++)
        if (is_about(n->op, i)) arg_each(&n->args[i], add_value, &to);
}

/* Is it worth turning what this operator asks for? */
static bool wants_turning(chooser *c, const values *images) {
    int64_t most = 0;
    for (uint32_t i = 0; i < images->count; i++) {
        const type *t = graph_type(c->from, images->data[i]);
        if (!is_image(t)) return false;
        most = MAX(most, type_numel(c->to->ctx->syms, t));
    }
    return most >= SMALL;
}

/* Are some operands images with channels innermost that the program has otherwise? */
static const type *turned_operand(chooser *c, const values *images) {
    for (uint32_t i = 0; i < images->count; i++) {
        const value v = images->data[i];
        if (!is_changed(c, v) || !is_image(graph_type(c->from, v))) continue;
        const type turned = turned_type(c, graph_type(c->from, v));
        if (same_strides(graph_type(c->to, c->own[v]), &turned)) return graph_type(c->from, v);
    }
    return NULL;
}

static bool any_changed(const chooser *c, const values *images) {
    for (uint32_t i = 0; i < images->count; i++)
        if (is_changed(c, images->data[i])) return true;
    return false;
}

/* A full operand that lies otherwise than the turned ones is turned as well: kernels walk one layout. */
static void use_turned(chooser *c, const values *images, uint32_t ndim) {
    for (uint32_t i = 0; i < images->count; i++) {
        const value v = images->data[i];
        const type *t = graph_type(c->from, v);
        if (!is_image(t) || t->ndim != ndim) continue;
        bool spread = false;
        for (uint32_t d = 0; d < t->ndim; d++) spread |= !t->strides[d] && !dim_is_one(t->sizes[d]);
        if (!spread) c->use[v] = turned_of(c, v);
    }
}

/* The type of node v with operands c->use by the shape rule; false where that refuses (a view that is none any more).
 */
static bool infer_again(chooser *c, value v, type *out) {
    const node *n = graph_node(c->from, v);
    cot_error ignored = {0};
    arg *args = ARENA_ARRAY(c->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(c->to, &n->args[i], c->use);
    if (infer_type(c->to, n->op, args, out, &ignored) || !same_tensors(out, &n->type)) return false;
    if (!n->op->record->layout_kept || out->kind != TYPE_TUPLE) return true;
    type *parts = arena_copy(c->to->arena, out->parts, out->count * sizeof *parts);
    for (uint32_t i = 0; i < out->count; i++)
        if (n->op->record->layout_kept >> i & 1) parts[i] = type_copy(c->to->arena, &n->type.parts[i]);
    out->parts = parts;
    return true;
}

/* Adds node v as it is, with the version of each operand that its rule takes. */
static void add_as_it_is(chooser *c, value v, bool any_layout) {
    const node *n = graph_node(c->from, v);
    values all = {0};
    gather to = {c->scratch, &all};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], add_value, &to);
    for (uint32_t i = 0; i < all.count; i++)
        c->use[all.data[i]] = any_layout ? c->own[all.data[i]] : plain_of(c, all.data[i]);
    c->own[v] = c->plain[v] = add_node(c, v, n->name);
}

/* Adds node v with its layout following its operands'. */
static void add_following(chooser *c, value v, const values *images, uint32_t turn_ndim) {
    const node *n = graph_node(c->from, v);
    for (uint32_t i = 0; i < n->nargs; i++)
        if (!is_about(n->op, i)) arg_each(&n->args[i], use_plain, c);
    for (uint32_t i = 0; i < images->count; i++) c->use[images->data[i]] = c->own[images->data[i]];
    if (turn_ndim) use_turned(c, images, turn_ndim);
    type t;
    if (!infer_again(c, v, &t)) {
        add_as_it_is(c, v, !is_view(n->op));
        return;
    }
    c->own[v] = add_node(c, v, n->name);
    if (same_strides(&t, &n->type)) c->plain[v] = c->own[v];
    else set_type(c, c->own[v], &t);
}

static void add_part(chooser *c, value v) {
    const node *n = graph_node(c->from, v);
    const value tuple = n->args[0].value;
    c->use[tuple] = c->own[tuple];
    c->own[v] = add_node(c, v, n->name);
    const type *t = graph_type(c->to, c->own[tuple]);
    const int64_t i = arg_as_int(&n->args[1], -1);
    const bool changed = is_changed(c, tuple) && t->kind == TYPE_TUPLE && i >= 0 && i < t->count &&
                         !same_strides(&t->parts[i], &n->type);
    if (changed) set_type(c, c->own[v], &t->parts[i]);
    else c->plain[v] = c->own[v];
}

/* A placeholder has the layout that its value has in the forward. */
static void add_placeholder(chooser *c, value v) {
    const node *n = graph_node(c->from, v);
    c->own[v] = add_node(c, v, n->name);
    const value made = c->forward ? graph_find(c->forward, n->name) : NO_VALUE;
    const type *t = graph_type(c->forward ? c->forward : c->from, made);
    if (made == NO_VALUE || same_strides(t, &n->type) || !same_tensors(t, &n->type)) {
        c->plain[v] = c->own[v];
        return;
    }
    const type copy = type_copy(c->to->arena, t);
    set_type(c, c->own[v], &copy);
}

static void add(chooser *c, value v) {
    const node *n = graph_node(c->from, v);
    values images = {0};
    if (n->op->kind == OP_PLACEHOLDER) {
        add_placeholder(c, v);
        return;
    }
    if (n->op->kind == OP_GETITEM) {
        add_part(c, v);
        return;
    }
    const layout_rule rule = rule_of(n->op);
    images_of(c, n, &images);
    const type *turned = rule == LAYOUT_FOLLOWED && !is_view(n->op) ? turned_operand(c, &images) : NULL;
    if (rule == LAYOUT_WANTED && wants_turning(c, &images))
        add_following(c, v, &images, graph_type(c->from, images.data[0])->ndim);
    else if ((rule == LAYOUT_FOLLOWED || rule == LAYOUT_WANTED) && any_changed(c, &images) && !c->pinned[v])
        add_following(c, v, &images, turned ? turned->ndim : 0);
    else add_as_it_is(c, v, rule != LAYOUT_FIXED && !is_view(n->op));
}

/* ---- outputs ----------------------------------------------------------------------------------------------------- */

/* Outputs that share memory with each other, and what they are views of. */
static void pin_outputs(chooser *c, const arg_list *leaves) {
    const cot_graph *g = c->from;
    for (uint32_t k = 0; k < g->num_user_outputs + g->num_bases && g->num_mutated + k < leaves->count; k++) {
        const value v = arg_as_value(&leaves->data[g->num_mutated + k]);
        const bool alone = k < g->num_user_outputs && (!g->aliases || g->aliases[k].kind == ALIAS_NONE);
        if (v != NO_VALUE && !alone) c->pinned[v] = true;
    }
    for (value v = g->nodes.count; v-- > 0;) {
        const node *n = graph_node(g, v);
        if (c->pinned[v] && (is_view(n->op) || n->op->kind == OP_GETITEM) && n->nargs && n->args[0].kind == ARG_VALUE)
            c->pinned[n->args[0].value] = true;
    }
}

static void use_own(void *user, value v) {
    chooser *c = user;
    c->use[v] = c->own[v];
}

/* The output with saved values in their own layouts, everything else as the program has it. */
static void finish(chooser *c, const arg_list *leaves) {
    const cot_graph *g = c->from;
    cot_graph *to = c->to;
    arg *items = ARENA_ARRAY(to->arena, arg, leaves->count);
    for (uint32_t i = 0; i < leaves->count; i++) {
        const bool saved = i + g->num_saved >= leaves->count;
        arg_each(&leaves->data[i], saved ? use_own : use_plain, c);
        items[i] = arg_map(to, &leaves->data[i], c->use);
    }
    to->output = (arg){.kind = ARG_TUPLE, .list = items, .count = leaves->count};
    graph_copy_outputs(to, g);
    graph_copy_facts(to, g);
    for (uint32_t i = 0; i < g->inputs.count; i++) *VEC_PUSH(to->arena, &to->inputs) = c->own[g->inputs.data[i]];
    for (uint32_t i = 0; i < g->input_specs.count; i++) {
        input_spec *spec = VEC_PUSH(to->arena, &to->input_specs);
        *spec = g->input_specs.data[i];
        spec->node = c->own[spec->node];
        if (spec->target) spec->target = arena_printf(to->arena, "%s", spec->target);
    }
    to->num_tangents = g->num_tangents;
    to->num_saved = g->num_saved;
    if (g->tangent_outputs)
        to->tangent_outputs = arena_copy(to->arena, g->tangent_outputs, g->num_tangents * sizeof *g->tangent_outputs);
}

/* Does any operator ask for another layout? */
static bool anything_wanted(const cot_graph *g) {
    for (value v = 0; v < g->nodes.count; v++)
        if (rule_of(graph_node(g, v)->op) == LAYOUT_WANTED) return true;
    return false;
}

void layout_choose(const cot_graph *g, const cot_graph *forward, cot_graph **out) {
    const uint32_t count = g->nodes.count;
    *out = NULL;
    if (!forward && !anything_wanted(g)) return;
    cot_graph *to = graph_create(g->ctx, g->class_name);
    arena *scratch = arena_create(g->ctx);
    chooser c = {.from = g, .forward = forward, .to = to, .scratch = scratch};
    value **maps[] = {&c.own, &c.plain, &c.turned, &c.use};
    for (uint32_t i = 0; i < COUNT_OF(maps); i++) {
        *maps[i] = ARENA_ARRAY(scratch, value, count);
        for (value v = 0; v < count; v++) (*maps[i])[v] = NO_VALUE;
    }
    c.pinned = ARENA_ARRAY(scratch, bool, count);
    arg_list leaves = {0};
    arg_leaves(scratch, &g->output, &leaves);
    graph_copy_children(to, g);
    pin_outputs(&c, &leaves);
    for (value v = 0; v < count; v++) add(&c, v);
    finish(&c, &leaves);
    arena_destroy(scratch);
    *out = to;
}
