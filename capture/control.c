/* SPDX-License-Identifier: MIT
 * control.c — calls of higher-order operators written in C: what the capture stage gives an operator's hook. Bodies are
 * run by body.c; here they are made to agree, named, shared, and called. */
#include "capture/body.h"

#include "base/error.h"

#include <stdlib.h>

/* ---- bodies that take the same inputs ------------------------------------------------------------------------------
 */

typedef struct merged {
    value outside;
    const char *name; /* there */
    uint32_t first;   /* body that uses it */
    uint32_t users;
} merged;

typedef VEC(merged) merged_list;

static int by_name(const void *x, const void *y) {
    return strcmp(((const merged *)x)->name, ((const merged *)y)->name);
}

static void collect(const cot_graph *outside, const captured *body, uint32_t which, map *known, merged_list *all) {
    for (uint32_t i = 0; i < body->lifted.count; i++) {
        const value v = body->lifted.data[i];
        uint32_t at = map_get_number(known, v);
        if (at == MAP_NONE) {
            at = all->count;
            map_set_number(known, v, at);
            *VEC_PUSH(outside->arena, all) =
                (merged){.outside = v, .name = graph_node(outside, v)->name, .first = which};
        }
        all->data[at].users++;
    }
}

/* The part of `all` that all bodies use (which == count), or whose first user of several is body `which`. */
static void pick(arena *a, const merged_list *all, uint32_t which, uint32_t count, merged_list *out) {
    const uint32_t from = out->count;
    for (uint32_t i = 0; i < all->count; i++) {
        const merged *m = &all->data[i];
        if (which == count ? m->users == count : m->users < count && m->first == which) *VEC_PUSH(a, out) = *m;
    }
    if (out->count > from) qsort(&out->data[from], out->count - from, sizeof(merged), by_name);
}

/* Under the merged names; what the body does not use becomes an input all the same. */
static void relift(capture_stage *s, captured *body, const merged_list *order, uint32_t count,
                   const char *const *suffixes) {
    body_state *st = body->state;
    cot_builder *inner = st->inner;
    body->lifted.count = 0;
    st->inputs.count = body->num_own;
    for (uint32_t i = 0; i < order->count; i++) {
        const merged *m = &order->data[i];
        const value in = lift_value(inner, m->outside);
        if (in == NO_VALUE) return;
        if (m->users < count) {
            node *n = &inner->b.graph->nodes.data[in];
            n->name = graph_name(inner->b.graph, arena_printf(s->b->graph->arena, "%s%s", m->name, suffixes[m->first]));
            map_set(&inner->b.graph->names, n->name, in);
        }
        *VEC_PUSH(s->b->graph->arena, &body->lifted) = m->outside;
        *VEC_PUSH(s->b->graph->arena, &st->inputs) = in;
    }
}

static cot_status merge(capture_stage *s, captured *const *bodies, uint32_t count, const char *const *suffixes) {
    arena *a = s->b->graph->arena;
    map known = {.arena = a};
    merged_list all = {0}, order = {0};
    for (uint32_t i = 0; i < count; i++) collect(s->b->graph, bodies[i], i, &known, &all);
    pick(a, &all, count, count, &order);
    for (uint32_t i = 0; i < count; i++) pick(a, &all, i, count, &order);
    for (uint32_t i = 0; i < count && !s->b->status; i++) {
        relift(s, bodies[i], &order, count, suffixes);
        body_failed(s, bodies[i]);
    }
    return s->b->status;
}

static uint32_t count_outputs(capture_stage *s, const captured *body, uint32_t at) {
    const body_state *st = body->state;
    const handle *h = leaf_handle(capture_builder(s), st->structure);
    if (!h || !value_is_structure(h)) return 0;
    if (at >= h->count) return h->count;
    public_list before = {0}, within = {0};
    uint32_t count = 0;
    for (uint32_t i = 0; i < at; i++) value_leaves(st->inner, h->items[i], &before);
    value_leaves(st->inner, h->items[at], &within);
    for (uint32_t i = 0; i < within.count; i++) count += st->returned[before.count + i];
    return count;
}

/* ---- bodies that return the same -----------------------------------------------------------------------------------
 */

static bool same_structure(cot_builder *b, cot_value x, cot_value y) {
    const handle *p = x == COT_NO_VALUE ? NULL : value_find(b, x), *q = y == COT_NO_VALUE ? NULL : value_find(b, y);
    const bool structured = p && value_is_structure(p);
    if (structured != (q && value_is_structure(q))) return false;
    if (!structured) return true;
    if (p->kind != q->kind || p->count != q->count) return false;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->keys && strcmp(p->keys[i], q->keys[i])) return false;
        if (!same_structure(b, p->items[i], q->items[i])) return false;
    }
    return true;
}

static bool same_constant(const handle *x, const handle *y) {
    if (!x || !y || x->kind != y->kind) return !x && !y;
    return x->kind == HANDLE_NONE || x->kind == HANDLE_TEXT ? x->kind == HANDLE_NONE || !strcmp(x->text, y->text)
           : x->kind == HANDLE_REAL                         ? x->real == y->real
                                                            : x->integer == y->integer;
}

/* A constant that is the same everywhere is none of the call's results; ints that differ are. */
static cot_status agree(capture_stage *s, captured *const *bodies, uint32_t count) {
    cot_builder *b = capture_builder(s);
    const body_state *first = bodies[0]->state;
    for (uint32_t i = 1; i < count; i++) {
        const body_state *st = bodies[i]->state;
        if (!same_structure(b, first->structure, st->structure))
            return body_refuse(s, COT_SCHEMA, "Expected branches to return the same pytree structure.");
    }
    for (uint32_t k = 0; k < first->leaves.count; k++) {
        bool constant = true;
        for (uint32_t i = 0; i < count; i++) {
            const body_state *st = bodies[i]->state;
            constant = constant && !st->returned[k] &&
                       same_constant(leaf_handle(b, first->leaves.data[k]), leaf_handle(b, st->leaves.data[k]));
        }
        for (uint32_t i = 0; i < count && !constant; i++) {
            body_state *st = bodies[i]->state;
            const handle *h = leaf_handle(b, st->leaves.data[k]);
            if (!st->returned[k] && (!h || (h->kind != HANDLE_INT && h->kind != HANDLE_BOOL)))
                return body_refuse(s, COT_SCHEMA, "Constants returned from branches must be ints.");
            st->returned[k] = true;
        }
    }
    for (uint32_t i = 0; i < count; i++) body_outputs(bodies[i]);
    return COT_OK;
}

/* ---- the body in the text ------------------------------------------------------------------------------------------
 */

/* An equal body of this graph, or NULL. */
static const known_body *find_equal(const writing *w, const cot_graph *parent, const cot_graph *body, uint64_t hash) {
    for (uint32_t i = 0; i < w->bodies.count; i++) {
        const known_body *k = &w->bodies.data[i];
        if (k->hash == hash && k->parent == parent && graph_equal(k->graph, body)) return k;
    }
    return NULL;
}

static arg output_tree(cot_builder *b, cot_value v) {
    const handle *h = leaf_handle(b, v);
    if (!h || !value_is_structure(h)) return value_argument(b, v);
    const handle list = *h;
    arg *items = ARENA_ARRAY(b->b.graph->arena, arg, list.count);
    for (uint32_t i = 0; i < list.count; i++) items[i] = output_tree(b, list.items[i]);
    return (arg){.kind = ARG_TUPLE, .list = items, .count = list.count};
}

static arg output_of(const captured *body, const body_state *st) {
    if (st->nested) return output_tree(st->inner, st->structure);
    if (st->bare) return body->outputs.data[0];
    return (arg){.kind = st->returns, .list = body->outputs.data, .count = body->outputs.count};
}

static arg attach(capture_stage *s, captured *body, const char *stem, bool share) {
    body_state *st = body->state;
    cot_graph *g = s->b->graph, *graph = body->graph;
    writing *w = st->inner->writing;
    if (s->b->status) return arg_none();
    graph->output = output_of(body, st);
    arrange_graph(graph, st->inputs.data, st->inputs.count);
    const uint64_t hash = share ? graph_hash(graph) : 0;
    const known_body *known = share ? find_equal(w, g, graph, hash) : NULL;
    if (known) {
        body->graph = known->graph;
        return arg_value(emit_get_attr(s->b, known->name, NULL));
    }
    const char *name = graph_child_name(g, stem);
    graph->class_name = name;
    const arg attribute = arg_value(emit_get_attr(s->b, name, graph));
    if (share) *VEC_PUSH(g->arena, &w->bodies) = (known_body){.hash = hash, .parent = g, .graph = graph, .name = name};
    return attribute;
}

/* ---- the call ------------------------------------------------------------------------------------------------------
 */

typedef struct results {
    cot_builder *b;
    value call;
    const body_state *body; /* NULL: all leaves are results */
    uint32_t leaf, part;
} results;

typedef struct search {
    const cot_graph *graph;
    bool found;
} search;

static void see_symbol(void *user, dim symbol) {
    search *s = user;
    s->found |= control_is_unbacked(s->graph, symbol);
}

/* A number that bodies compute is known to a run alone: outside it has a symbol of its own. */
static void name_numbers(cot_graph *g, type *t) {
    type *parts = arena_copy(g->arena, t->parts, t->count * sizeof(type));
    for (uint32_t i = 0; i < t->count; i++) {
        search s = {.graph = g};
        if (parts[i].kind == TYPE_INT) dim_each_symbol(g->ctx->syms, parts[i].expr, see_symbol, &s);
        if (s.found) parts[i].expr = graph_unbacked(g, "u");
    }
    t->parts = parts;
}

static cot_value next_result(void *user, cot_value leaf) {
    results *r = user;
    const uint32_t k = r->leaf++;
    if (r->body && !r->body->returned[k]) return leaf;
    return value_public(r->b, emit_get(&r->b->b, r->call, r->part++));
}

/* A body that changes a variable outside leaves its new contents behind its own results. */
static void export_cells(results *r, const body_state *st) {
    for (uint32_t i = 0; i < st->cells.count; i++) {
        const cot_value changed =
            value_map(r->b, r->b->writing->handles.data[st->cells.data[i]].content, next_result, r);
        r->b->writing->handles.data[st->cells.data[i]].content = changed;
    }
}

static handle empty_tuple(arena *a, uint32_t count) {
    cot_value *items = ARENA_ARRAY(a, cot_value, count);
    for (uint32_t i = 0; i < count; i++) items[i] = COT_NO_VALUE;
    return (handle){.kind = HANDLE_TUPLE, .count = count, .items = items};
}

static cot_status call(capture_stage *s, const arg *args, uint32_t nargs, const captured *like, uint32_t at) {
    cot_builder *b = capture_builder(s);
    type t = {0};
    if (s->b->status) return s->b->status;
    const uint32_t keywords = s->nargs - s->npos;
    const node written = {.op = s->op,
                          .args = args,
                          .nargs = (uint16_t)nargs,
                          .npos = (uint16_t)(nargs - keywords),
                          .kwnames = s->kwnames};
    const cot_status status = control_shape(s->b->graph, &written, &t, s->b->error);
    if (status) builder_failed(s->b, status);
    if (t.kind == TYPE_TUPLE) name_numbers(s->b->graph, &t);
    const value v = emit_raw(s->b, s->op, args, nargs, &t, s->op->packet);
    if (v == NO_VALUE) return s->b->status;
    s->b->graph->nodes.data[v].npos = (uint16_t)(nargs - keywords);
    s->b->graph->nodes.data[v].kwnames = keywords ? s->kwnames : NULL;
    if (t.kind != TYPE_TUPLE) {
        ((capture_state *)s->state)->result = value_public(b, v);
        return COT_OK;
    }
    results r = {.b = b, .call = v, .body = like ? like->state : NULL};
    capture_state *st = s->state;
    cot_value structure = like                ? r.body->structure
                          : at != CAPTURE_ALL ? body_argument(s, at)
                                              : value_handle(b, empty_tuple(s->b->graph->arena, t.count));
    const handle *h = structure == COT_NO_VALUE ? NULL : value_find(b, structure);
    if (like && at != CAPTURE_ALL && h && value_is_structure(h) && at < h->count) structure = h->items[at];
    st->result = value_map(b, structure, next_result, &r);
    if (like && at == CAPTURE_ALL) export_cells(&r, r.body);
    return s->b->status;
}

/* ---- the stage -----------------------------------------------------------------------------------------------------
 */

/* A dict of constants is one where it is an option; as an operand it is its leaves. */
static arg option(cot_builder *b, const cot_argument *a, arg flat) {
    const handle *h = a->kind == COT_ARGUMENT_VALUE ? leaf_handle(b, a->value) : NULL;
    if (!h || h->kind != HANDLE_DICT) return flat;
    arg *items = ARENA_ARRAY(b->b.graph->arena, arg, 2 * (size_t)h->count);
    const handle dict = *h;
    for (uint32_t i = 0; i < dict.count; i++) {
        items[2 * i] = arg_string(dict.keys[i]);
        items[2 * i + 1] = value_argument(b, dict.items[i]);
    }
    return (arg){.kind = ARG_DICT, .list = items, .count = dict.count};
}

/* An argument of a control operator: functions are left to the hook. */
static void read_arguments(capture_stage *s, cot_builder *b, const cot_argument *arguments, uint32_t count) {
    arena *a = b->b.graph->arena;
    arg *args = ARENA_ARRAY(a, arg, count);
    const char **keywords = ARENA_ARRAY(a, const char *, count);
    for (uint32_t i = 0; i < count; i++) {
        if (arguments[i].kind != COT_ARGUMENT_BODY) args[i] = call_argument(b, &arguments[i]);
        if (arguments[i].keyword) args[i] = option(b, &arguments[i], args[i]);
        if (arguments[i].keyword)
            keywords[i - s->npos] = arena_string(a, arguments[i].keyword, strlen(arguments[i].keyword));
        else if (s->npos++ != i)
            builder_fail(&b->b, COT_INVALID, "%s: an argument by position after one by keyword", s->op->name);
    }
    s->args = args;
    s->nargs = count;
    s->kwnames = keywords;
}

cot_value control_capture(cot_builder *b, const op *o, const cot_argument *arguments, uint32_t count) {
    const control_hooks *hooks = o->record->control;
    if (!hooks || !hooks->capture) {
        builder_fail(&b->b, COT_UNSUPPORTED, "Unable to trace calling higher order operator variable for %s.",
                     o->packet);
        return COT_NO_VALUE;
    }
    capture_state st = {.b = b, .arguments = arguments, .result = COT_NO_VALUE};
    capture_stage s = {.b = &b->b,
                       .op = o,
                       .is_function = body_is_function,
                       .body = body_capture,
                       .merge = merge,
                       .agree = agree,
                       .attach = attach,
                       .inline_call = body_inline,
                       .count = count_outputs,
                       .give = body_give,
                       .call = call,
                       .state = &st};
    read_arguments(&s, b, arguments, count);
    if (!b->b.status) {
        const cot_status status = hooks->capture(&s);
        if (status) builder_failed(&b->b, status);
    }
    return b->b.status ? COT_NO_VALUE : st.result;
}
