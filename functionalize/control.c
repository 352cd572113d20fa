/* SPDX-License-Identifier: MIT
 * control.c — calls of higher-order operators: their bodies are functionalized once each (equal bodies of a graph
 * are one), the call is emitted anew, and what a body wrote to its inputs is written to the call's operands. */
#include "functionalize/walk.h"

typedef struct state {
    walk *walk;
    bool training; /* some operand requires grad */
} state;

/* ---- bodies ---------------------------------------------------------------------------------------------------- */

static const body_entry *known_body(const walk *w, const cot_graph *body, bool training) {
    for (uint32_t i = 0; i < w->bodies.count; i++)
        if (w->bodies.data[i].training == training && w->bodies.data[i].source == body) return &w->bodies.data[i];
    uint64_t hash = graph_hash(body);
    for (uint32_t i = 0; i < w->bodies.count; i++) {
        const body_entry *e = &w->bodies.data[i];
        if (e->training == training && e->hash == hash && graph_equal(e->source, body)) return e;
    }
    return NULL;
}

static const char *free_child_name(const cot_graph *g, arena *a, const char *name) {
    const char *candidate = name;
    for (uint32_t k = 1; graph_child(g, candidate); k++) candidate = arena_printf(a, "%s_%u", name, k);
    return candidate;
}

/* Which inputs of a body will be differentiated is not known here; that any may be is enough for what is refused. */
static cot_status make_body(walk *w, const cot_graph *body, bool training, cot_graph **out, cot_error *error) {
    bool *grads = ARENA_ARRAY(w->scratch, bool, body->inputs.count);
    for (uint32_t i = 0; i < body->inputs.count; i++) grads[i] = training;
    functionalize_options options = {.requires_grad = grads, .inference = !training};
    cot_graph *root = w->b.graph;
    while (root->parent) root = root->parent;
    return walk_graph(body, &options, root, true, out, error);
}

static cot_status body_of(functionalize_stage *s, const cot_graph *body, const char *name, cot_graph **out) {
    state *st = s->state;
    walk *w = st->walk;
    const body_entry *known = known_body(w, body, st->training);
    if (!known) {
        cot_status status = make_body(w, body, st->training, out, w->b.error);
        if (status) return w->b.status = status;
        name = free_child_name(w->b.graph, w->scratch, name);
        graph_add_child(w->b.graph, name, *out);
        *VEC_PUSH(w->scratch, &w->bodies) =
            (body_entry){.source = body,
                         .functional = *out,
                         .training = st->training,
                         .effect = graph_has_effect(w->scratch, *out),
                         .hash = graph_hash(body),
                         .name = w->b.graph->children.data[w->b.graph->children.count - 1].name};
        known = &w->bodies.data[w->bodies.count - 1];
    }
    *out = known->functional;
    return COT_OK;
}

static const char *name_of(functionalize_stage *s, const cot_graph *functional) {
    const cot_graph *g = s->b->graph;
    for (uint32_t i = 0; i < g->children.count; i++)
        if (g->children.data[i].graph == functional) return g->children.data[i].name;
    return "";
}

/* ---- what a hook may ask of the stage -------------------------------------------------------------------------- */

static void write_operand(functionalize_stage *s, const arg *operand, value v) {
    walk *w = ((state *)s->state)->walk;
    uint32_t t = operand->kind == ARG_VALUE ? w->bound[operand->value].tensor : NONE;
    if (t != NONE && !w->b.status) mutate_write(w, t, mutate_fit(w, t, v));
}

static const cot_graph *graph_of(const cot_graph *source, const arg *a) {
    if (a->kind != ARG_VALUE || graph_type(source, a->value)->kind != TYPE_GRAPH) return NULL;
    const node *n = graph_node(source, a->value);
    return graph_child(source, n->target ? n->target : n->name);
}

/* A body in the call's arguments becomes a get_attr of its functional form. Bodies that write have a hook of their
 * own. */
static cot_status call_body(functionalize_stage *s, const arg *a, arg *out) {
    const cot_graph *body = graph_of(s->source, a);
    if (!body) return builder_fail(s->b, COT_SCHEMA, "%s: the body of the call does not exist", s->call->op->name);
    const node *attribute = graph_node(s->source, a->value);
    cot_graph *functional;
    TRY(s->body(s, body, attribute->target ? attribute->target : attribute->name, &functional));
    if (functional->num_mutated)
        return builder_fail(s->b, COT_REFUSED,
                            "Encountered input mutation during higher order op tracing: "
                            "Higher order ops do not support input mutation. Found in %s",
                            s->call->op->packet);
    *out = arg_value(emit_get_attr(s->b, s->name_of(s, functional), NULL));
    return s->b->status;
}

static cot_status call_bodies(functionalize_stage *s, const arg *from, arg *to, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (from[i].kind == ARG_VALUE && graph_type(s->source, from[i].value)->kind == TYPE_GRAPH) {
            TRY(call_body(s, &from[i], &to[i]));
        } else if (from[i].kind == ARG_LIST || from[i].kind == ARG_TUPLE) {
            arg *items = arena_copy(s->b->graph->arena, to[i].list, to[i].count * sizeof(arg));
            to[i].list = items;
            TRY(call_bodies(s, from[i].list, items, from[i].count));
        }
    }
    return COT_OK;
}

/* The form of a call that only calls: the same arguments, functional bodies. */
static cot_status call_again(functionalize_stage *s, value *result) {
    const node *n = s->call;
    arg *args = arena_copy(s->b->graph->arena, s->args, n->nargs * sizeof(arg));
    TRY(call_bodies(s, n->args, args, n->nargs));
    type t = type_copy(s->b->graph->arena, &n->type);
    const node call = {.op = n->op, .args = args, .nargs = n->nargs, .npos = n->npos, .kwnames = n->kwnames};
    s->b->graph->expected = &n->type;
    s->b->status = control_shape(s->b->graph, &call, &t, s->b->error);
    s->b->graph->expected = NULL;
    TRY(s->b->status);
    *result = emit_raw(s->b, n->op, args, n->nargs, &t, NULL);
    if (s->b->status) return s->b->status;
    node *made = &s->b->graph->nodes.data[*result];
    made->npos = n->npos;
    made->kwnames = walk_kwnames(((state *)s->state)->walk, n);
    return COT_OK;
}

/* ---- the call -------------------------------------------------------------------------------------------------- */

typedef struct question {
    walk *walk;
    bool grad;
} question;

static void ask(void *user, value u) {
    question *q = user;
    uint32_t t = q->walk->bound[u].tensor;
    if (t != NONE) q->grad |= walk_root_of(q->walk, walk_tensor(q->walk, t)->view)->requires_grad;
}

typedef struct effects {
    const walk *walk;
    bool any;
} effects;

static void see_body(void *user, value v) {
    effects *e = user;
    const cot_graph *g = e->walk->b.graph;
    if (graph_type(g, v)->kind != TYPE_GRAPH) return;
    const cot_graph *body = graph_child(g, graph_node(g, v)->target);
    for (uint32_t i = 0; i < e->walk->bodies.count; i++)
        e->any |= e->walk->bodies.data[i].functional == body && e->walk->bodies.data[i].effect;
}

/* A call of a body with effects is not to go, or to happen twice. */
static void mark_effects(walk *w, value call) {
    effects e = {.walk = w};
    node *n = &w->b.graph->nodes.data[call];
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], see_body, &e);
    if (e.any) n->flags |= NODE_EFFECT;
}

void control_visit(walk *w, value u) {
    const node *n = graph_node(w->source, u);
    const control_hooks *hooks = n->op->record->control;
    question q = {.walk = w};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], ask, &q);
    state st = {.walk = w, .training = q.grad && !walk_no_grad(w) && !w->options->inference};
    functionalize_stage s = {.b = &w->b,
                             .source = w->source,
                             .call = n,
                             .args = walk_args(w, n, true),
                             .body = body_of,
                             .name_of = name_of,
                             .write = write_operand,
                             .call_again = call_again,
                             .training = st.training,
                             .state = &st};
    if (w->b.status) return;
    value result = NO_VALUE;
    const value begin = w->b.graph->nodes.count;
    cot_status status = hooks && hooks->functionalize ? hooks->functionalize(&s, &result) : call_again(&s, &result);
    if (status && !w->b.status) w->b.status = status;
    if (w->b.status) return;
    for (value v = begin; v < w->b.graph->nodes.count; v++) { /* one call, or what it is written out in */
        node *made = &w->b.graph->nodes.data[v];
        if (!(made->op->traits & OP_CONTROL)) continue;
        made->call = ++w->calls;
        mark_effects(w, v);
    }
    w->bound[u] = walk_bind(w, result);
}
