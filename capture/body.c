/* SPDX-License-Identifier: MIT
 * body.c — a body is a function that runs once, with a builder of its own. Its operands are the outer values
 * themselves, which are lifted where the body uses them, or inputs made before it runs; structures are handed on as
 * structures. */
#include "capture/body.h"

#include "base/error.h"

#include <stdio.h>

/* ---- failures ------------------------------------------------------------------------------------------------------
 */

static const char *python_name(const capture_stage *s) {
    const control_hooks *hooks = s->op->record->control;
    return hooks->python ? hooks->python : s->op->name;
}

static cot_status fail_capture(capture_stage *s, cot_status status, const char *text) {
    static const char whole[] = "This higher order operator doesn't work unless it is captured completely";
    if (!strncmp(text, whole, strlen(whole)) || status == COT_NO_MEMORY) return builder_fail(s->b, status, "%s", text);
    return builder_fail(s->b, status, "%s with torch.compile. Got graph break/error:\n%s\n  Higher Order Operator: %s",
                        whole, text, python_name(s));
}

cot_status body_failed(capture_stage *s, const captured *body) {
    const cot_builder *inner = ((const body_state *)body->state)->inner;
    if (!inner->b.status) return COT_OK;
    char text[sizeof inner->error.text];
    memcpy(text, inner->error.text, sizeof text);
    return fail_capture(s, inner->b.status, text);
}

cot_status body_refuse(capture_stage *s, cot_status status, const char *text) { return fail_capture(s, status, text); }

const handle *leaf_handle(cot_builder *b, cot_value leaf) {
    return leaf < b->writing->handles.count ? &b->writing->handles.data[leaf] : NULL;
}

static const char *python_type(const handle *h) {
    static const char *const names[] = {[HANDLE_NONE] = "NoneType",
                                        [HANDLE_INT] = "int",
                                        [HANDLE_REAL] = "float",
                                        [HANDLE_BOOL] = "bool",
                                        [HANDLE_TEXT] = "str"};
    return h && h->kind < COUNT_OF(names) && names[h->kind] ? names[h->kind] : "object";
}

/* ---- operands of the function --------------------------------------------------------------------------------------
 */

/* Makes the body's own inputs, leaf by leaf. */
typedef struct maker {
    capture_stage *stage;
    cot_builder *inner;
    uint8_t how;       /* capture_how */
    cot_builder *from; /* whose value the leaf is */
} maker;

static cot_value add_input(maker *m, const type *t) {
    cot_graph *g = m->inner->b.graph;
    const char *name = arena_printf(g->arena, "arg%u_1", g->inputs.count);
    return value_public(m->inner, emit_placeholder(&m->inner->b, name, t));
}

/* A number that a body is to take as one becomes a symbol that only a run knows (HOP-06). */
static cot_value add_number(maker *m) {
    const type t = type_int(graph_unbacked(m->inner->b.graph, "u"));
    return add_input(m, &t);
}

/* Like an outer value, or an item of it; memory of its own, so row-major. */
static cot_value add_like(maker *m, type t) {
    cot_graph *g = m->inner->b.graph;
    const bool item = m->how == CAPTURE_ITEM;
    if (t.kind == TYPE_TENSOR && item && !t.ndim) {
        builder_fail(&m->inner->b, COT_SHAPE, "All xs leaves must have at least 'dim + 1' dimensions");
        return COT_NO_VALUE;
    }
    if (t.kind == TYPE_TENSOR && m->how != CAPTURE_SAME)
        t = type_tensor(g->arena, g->ctx->syms, (cot_dtype)t.dtype, t.sizes + item, t.ndim - (uint32_t)item);
    return add_input(m, &t);
}

static cot_value make_input(void *user, cot_value leaf) {
    maker *m = user;
    const handle *h = leaf_handle(m->from, leaf);
    if (h && h->kind == HANDLE_VALUE) {
        const value v = value_resolve(m->from, leaf);
        return v == NO_VALUE ? COT_NO_VALUE : add_like(m, *graph_type(m->from->b.graph, v));
    }
    if (m->how == CAPTURE_GIVEN) return leaf;
    if (h && h->kind == HANDLE_INT && m->how == CAPTURE_OWN) return add_number(m);
    builder_fail(&m->inner->b, COT_SCHEMA,
                 "%s with body that accepts non-Tensors as input. Got type <class '%s'> at index %u.",
                 m->stage->op->packet, python_type(h), m->inner->b.graph->inputs.count);
    return COT_NO_VALUE;
}

static cot_value make_operand(capture_stage *s, cot_builder *inner, const capture_input *in, cot_value v) {
    maker m = {.stage = s, .inner = inner, .how = in->how, .from = capture_builder(s)};
    if (in->how == CAPTURE_HANDED) return v;
    if (in->from) m.from = ((body_state *)in->from->state)->inner;
    return value_map(inner, v, make_input, &m);
}

/* A constant that was given as such, so that a body can be handed it. */
cot_value body_argument(capture_stage *s, uint32_t at) {
    cot_builder *b = capture_builder(s);
    const cot_argument *from = &((capture_state *)s->state)->arguments[at];
    const arg *converted = &s->args[at];
    if (from->kind == COT_ARGUMENT_VALUE) return from->value;
    if (from->kind == COT_ARGUMENT_TEXT) return value_handle(b, (handle){.kind = HANDLE_TEXT, .text = converted->s});
    if (from->kind == COT_ARGUMENT_VALUES || from->kind == COT_ARGUMENT_INTS) {
        cot_value *items = ARENA_ARRAY(b->b.graph->arena, cot_value, from->count);
        for (uint32_t i = 0; i < from->count; i++)
            items[i] = from->kind == COT_ARGUMENT_VALUES ? from->values[i] : value_of_argument(b, &converted->list[i]);
        return value_handle(b, (handle){.kind = HANDLE_LIST, .count = from->count, .items = items});
    }
    return value_of_argument(b, converted);
}

static void add_operands(capture_stage *s, cot_builder *inner, const capture_input *in, public_list *out) {
    capture_state *st = s->state;
    arena *a = s->b->graph->arena;
    cot_value v = COT_NO_VALUE;
    if (in->from) v = ((body_state *)in->from->state)->structure;
    else v = body_argument(s, in->at);
    const handle *h = leaf_handle(st->b, v);
    const bool structured = h && value_is_structure(h);
    if (in->from && structured && in->at != CAPTURE_ALL && in->at < h->count) {
        v = h->items[in->at];
        h = leaf_handle(st->b, v);
    }
    if (in->structure || !h || !value_is_structure(h)) {
        *VEC_PUSH(a, out) = make_operand(s, inner, in, v);
        return;
    }
    const handle list = *h;
    for (uint32_t i = 0; i < list.count; i++) *VEC_PUSH(a, out) = make_operand(s, inner, in, list.items[i]);
}

/* ---- what it returns -----------------------------------------------------------------------------------------------
 */

static bool is_inner(const cot_builder *inner, const handle *h) {
    return h->kind == HANDLE_VALUE && h->scope == inner->scope;
}

/* Variables of the builders outside whose contents are now values of this body. */
static void find_cells(cot_builder *inner, body_state *st) {
    writing *w = inner->writing;
    for (cot_value c = 0; c < w->handles.count && inner->may_change_outside; c++) {
        const handle *cell = &w->handles.data[c];
        if (cell->kind != HANDLE_CELL || cell->scope == inner->scope) continue;
        public_list leaves = {0};
        bool changed = false;
        value_leaves(inner, cell->content, &leaves);
        for (uint32_t i = 0; i < leaves.count; i++) {
            const handle *h = leaf_handle(inner, leaves.data[i]);
            changed |= h && is_inner(inner, h);
        }
        if (!changed) continue;
        *VEC_PUSH(inner->b.graph->arena, &st->cells) = c;
        for (uint32_t i = 0; i < leaves.count; i++) *VEC_PUSH(inner->b.graph->arena, &st->leaves) = leaves.data[i];
    }
}

static bool is_plain(const handle *h) {
    return !h || h->kind == HANDLE_NONE || h->kind == HANDLE_INT || h->kind == HANDLE_BOOL;
}

static void read_results(capture_stage *s, body_state *st, uint32_t rules) {
    cot_builder *inner = st->inner;
    value_leaves(inner, st->structure, &st->leaves);
    find_cells(inner, st);
    st->returned = ARENA_ARRAY(inner->b.graph->arena, bool, st->leaves.count);
    if (st->cells.count && !(rules & CAPTURE_ANYTHING))
        builder_fail(&inner->b, COT_REFUSED,
                     "HigherOrderOperator: Mutating a variable not in the current scope (SideEffects)");
    for (uint32_t i = 0; i < st->leaves.count && !inner->b.status; i++) {
        const handle *h = leaf_handle(inner, st->leaves.data[i]);
        st->returned[i] = h && h->kind == HANDLE_VALUE;
        if (st->returned[i] || is_plain(h) || (rules & CAPTURE_ANYTHING)) continue;
        builder_fail(&inner->b, COT_SCHEMA,
                     "HigherOrderOperator body's output must consist of tensors or ints/bools only but got "
                     "<class '%s'>.",
                     python_type(h));
    }
    UNUSED(s);
}

void body_outputs(captured *body) {
    body_state *st = body->state;
    body->outputs = (arg_list){0};
    for (uint32_t i = 0; i < st->leaves.count; i++)
        if (st->returned[i])
            *VEC_PUSH(body->graph->arena, &body->outputs) = value_argument(st->inner, st->leaves.data[i]);
}

/* ---- running it ----------------------------------------------------------------------------------------------------
 */

bool body_is_function(const capture_stage *s, uint32_t at) {
    return at < s->nargs && ((const capture_state *)s->state)->arguments[at].kind == COT_ARGUMENT_BODY;
}

static void run_function(capture_stage *s, const capture_request *request, body_state *st) {
    const capture_state *cs = s->state;
    public_list operands = {0};
    for (uint32_t i = 0; i < request->count; i++) add_operands(s, st->inner, &request->inputs[i], &operands);
    if (st->inner->b.status || s->b->status) return;
    /* Each builder call of the function has a guard of its own, and what fails is kept. */
    const cot_argument *f = &cs->arguments[request->at];
    st->structure = f->body(st->inner, operands.data, operands.count, f->user);
    if (!st->inner->b.status && st->structure == COT_NO_VALUE)
        builder_fail(&st->inner->b, COT_INVALID, "the body returned no value");
}

static void list_inputs(captured *out, body_state *st) {
    arena *a = out->graph->arena;
    for (uint32_t i = 0; i < out->num_own; i++) *VEC_PUSH(a, &st->inputs) = out->graph->inputs.data[i];
    for (uint32_t i = 0; i < st->inner->lifted.count; i++) {
        *VEC_PUSH(a, &st->inputs) = st->inner->lifted.data[i].inside;
        *VEC_PUSH(a, &out->lifted) = st->inner->lifted.data[i].outside;
    }
}

static uint32_t count_own(const cot_builder *inner) { return inner->b.graph->inputs.count - inner->lifted.count; }

cot_status body_capture(capture_stage *s, const capture_request *request, captured *out) {
    cot_builder *b = capture_builder(s);
    cot_graph *g = s->b->graph, *root = g;
    const uint32_t rules = s->op->record->control->capture_rules;
    if (!body_is_function(s, request->at))
        return builder_fail(s->b, COT_SCHEMA, "%s: argument %u should be a callable", s->op->name, request->at);
    while (root->parent) root = root->parent;
    body_state *st = ARENA_NEW(g->arena, body_state);
    st->inner = builder_start(graph_create_child(root, "GraphModule"), b);
    st->inner->b.graph->parent = g; /* before it is its child: names of symbols are the family's */
    st->inner->b.decompose = b->b.decompose;
    st->inner->b.flags = b->b.flags;
    st->returns = request->returns;
    st->bare = request->returns == ARG_VALUE;
    st->nested = request->nested;
    *out = (captured){.graph = st->inner->b.graph, .state = st};
    run_function(s, request, st);
    b->writing->active = b;
    if (!st->inner->b.status) read_results(s, st, rules);
    if (!st->inner->b.status) body_outputs(out);
    if (s->b->status || body_failed(s, out)) return s->b->status;
    out->num_own = count_own(st->inner);
    if (!out->outputs.count && st->leaves.count == 1) out->constant = value_argument(st->inner, st->leaves.data[0]);
    list_inputs(out, st);
    if (st->bare && out->outputs.count > 1) st->bare = false;
    if (effects_check(&st->inner->b, out, g, rules, s->op->packet)) return body_failed(s, out);
    return COT_OK;
}

/* The function writes into this graph itself. */
cot_status body_inline(capture_stage *s, const capture_request *request) {
    capture_state *cs = s->state;
    public_list operands = {0};
    if (!body_is_function(s, request->at))
        return builder_fail(s->b, COT_SCHEMA, "%s: argument %u should be a callable", s->op->name, request->at);
    for (uint32_t i = 0; i < request->count; i++) add_operands(s, cs->b, &request->inputs[i], &operands);
    const cot_argument *f = &cs->arguments[request->at];
    if (!s->b->status) cs->result = f->body(cs->b, operands.data, operands.count, f->user);
    if (!s->b->status && cs->result == COT_NO_VALUE) builder_fail(s->b, COT_INVALID, "the body returned no value");
    return s->b->status;
}

void body_give(capture_stage *s, uint32_t at) { ((capture_state *)s->state)->result = body_argument(s, at); }
