/* SPDX-License-Identifier: MIT
 * vmap_control.c — calls of higher-order operators over a batch: the operator's hook says what becomes of the call,
 * this stage gives it the bodies, each made once for each pattern of batched inputs and outputs. */
#include "transforms/vmap.h"

#include "base/error.h"

#include <string.h>

static cot_graph *root_of(cot_graph *g) { return g->parent ? g->parent : g; }

cot_status vmap_inline(vmap_walk *w, builder *b, const cot_graph *body, const arg *operands, const bool *in, arg *outs,
                       bool *out) {
    vmap_walk inner;
    vmap_start(&inner, b, body, w->size, w->randomness, w->scratch);
    inner.depth = w->depth;
    for (uint32_t i = 0; i < body->inputs.count; i++) {
        inner.map[body->inputs.data[i]] = arg_as_value(&operands[i]);
        inner.batched[body->inputs.data[i]] = in[i];
    }
    TRY(vmap_nodes(&inner));
    arg_list leaves = {0};
    arg_leaves(w->scratch, &body->output, &leaves);
    for (uint32_t i = 0; i < leaves.count; i++) {
        const value v = arg_as_value(&leaves.data[i]);
        outs[i] = v == NO_VALUE ? leaves.data[i] : arg_value(inner.map[v]);
        out[i] = v != NO_VALUE && inner.batched[v];
    }
    return b->status;
}

static type with_batch(cot_graph *g, const type *t, dim size) {
    dim sizes[COT_MAX_DIMS + 1] = {size};
    for (uint32_t k = 0; k < t->ndim; k++) sizes[k + 1] = t->sizes[k];
    return type_tensor(g->arena, g->ctx->syms, (cot_dtype)t->dtype, sizes, t->ndim + 1u);
}

/* The body as a graph of its own. *out: in what it must be, out what it is. */
static cot_status make_body(vmap_walk *w, const cot_graph *body, const bool *in, bool *out, const char *name,
                            cot_graph **made) {
    cot_graph *g = graph_create_child(root_of(w->b->graph), name);
    builder b;
    builder_init(&b, g, w->b->error);
    b.decompose = true;
    arg *operands = ARENA_ARRAY(w->scratch, arg, body->inputs.count);
    for (uint32_t i = 0; i < body->inputs.count; i++) {
        const node *input = graph_node(body, body->inputs.data[i]);
        if (in[i] && input->type.ndim == COT_MAX_DIMS)
            return builder_fail(w->b, COT_UNSUPPORTED, "vmap: an operand of %s has %u dimensions without its batch",
                                body->class_name, COT_MAX_DIMS);
        const type t = in[i] ? with_batch(g, &input->type, w->size) : type_copy(g->arena, &input->type);
        operands[i] = arg_value(emit_placeholder(&b, input->name, &t));
    }
    arg_list leaves = {0};
    arg_leaves(w->scratch, &body->output, &leaves);
    arg *outs = ARENA_ARRAY(g->arena, arg, leaves.count);
    bool *have = ARENA_ARRAY(w->scratch, bool, leaves.count + 1u);
    cot_status status = vmap_inline(w, &b, body, operands, in, outs, have);
    for (uint32_t i = 0; i < leaves.count && !status; i++) {
        if (out[i] && !have[i] && outs[i].kind == ARG_VALUE && TYPE_OF(&b, outs[i].value)->kind == TYPE_TENSOR)
            outs[i] = arg_value(emit(&b, "clone", "v", batch_repeat(&b, outs[i].value, w->size)));
        out[i] |= have[i];
    }
    if (status || b.status) return builder_failed(w->b, status ? status : b.status), w->b->status;
    const bool lone = body->output.kind == ARG_VALUE;
    g->output = lone ? outs[0] : (arg){.kind = ARG_TUPLE, .list = outs, .count = leaves.count};
    g->num_user_outputs = leaves.count;
    *made = graph_clean(g, root_of(w->b->graph));
    return COT_OK;
}

static bool same(const bool *a, const bool *b, uint32_t count) { return !memcmp(a, b, count * sizeof *a); }

static cot_status body_of(vmap_stage *s, const cot_graph *body, const bool *in, bool *out, value *attribute) {
    vmap_walk *w = s->state;
    arg_list leaves = {0};
    arg_leaves(w->scratch, &body->output, &leaves);
    const uint32_t inputs = body->inputs.count, outputs = leaves.count;
    for (uint32_t i = 0; i < w->bodies.count; i++) {
        const batched_body *m = &w->bodies.data[i];
        if (m->body != body || !same(m->in, in, inputs) || !same(m->wanted, out, outputs)) continue;
        memcpy(out, m->out, outputs * sizeof *out);
        *attribute = emit_get_attr(w->b, m->name, NULL);
        return w->b->status;
    }
    batched_body made = {.body = body,
                         .in = arena_copy(w->scratch, in, inputs * sizeof *in),
                         .wanted = arena_copy(w->scratch, out, outputs * sizeof *out)};
    const char *stem = arena_printf(w->scratch, "%s_batched", body->class_name);
    made.name = stem;
    for (uint32_t k = 1; graph_child(w->b->graph, made.name); k++)
        made.name = arena_printf(w->b->graph->arena, "%s_%u", stem, k);
    made.name = arena_printf(w->b->graph->arena, "%s", made.name);
    cot_graph *g;
    TRY(make_body(w, body, in, out, made.name, &g));
    made.out = arena_copy(w->scratch, out, outputs * sizeof *out);
    *VEC_PUSH(w->scratch, &w->bodies) = made;
    *attribute = emit_get_attr(w->b, made.name, g);
    return w->b->status;
}

static cot_status inline_of(vmap_stage *s, builder *b, const cot_graph *body, const arg *operands, const bool *in,
                            arg *outputs, bool *out) {
    return vmap_inline(s->state, b, body, operands, in, outputs, out);
}

typedef struct operand_list {
    const vmap_walk *w;
    VEC(bool) batched;
} operand_list;

static void collect(void *user, value v) {
    operand_list *o = user;
    if (graph_type(o->w->source, v)->kind != TYPE_GRAPH) *VEC_PUSH(o->w->scratch, &o->batched) = o->w->batched[v];
}

typedef struct body_search {
    const cot_graph *source;
    bool draws;
} body_search;

static void look_into(void *user, value v) {
    body_search *s = user;
    if (graph_type(s->source, v)->kind != TYPE_GRAPH) return;
    const node *a = graph_node(s->source, v);
    const cot_graph *body = graph_child(s->source, a->target ? a->target : a->name);
    s->draws |= body && graph_draws(body);
}

/* Whether a body of the call draws random numbers. */
static bool call_draws(const vmap_walk *w, const node *n) {
    body_search s = {w->source, false};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], look_into, &s);
    return s.draws;
}

cot_status vmap_call(vmap_walk *w, value v) {
    const node *n = graph_node(w->source, v);
    const control_hooks *hooks = n->op->record->control;
    const bool random = w->randomness == BATCH_RANDOM_SAME ? false : call_draws(w, n);
    if (!vmap_any(w, n) && !random) {
        w->map[v] = graph_copy_node(w->b->graph, w->source, v, w->map);
        w->b->graph->nodes.data[w->map[v]].flags = w->b->flags;
        return COT_OK;
    }
    if (!hooks || !hooks->vmap)
        return builder_fail(w->b, COT_UNSUPPORTED, "%s has no batching rule (hook 'vmap')", n->op->name);
    const uint32_t parts = n->type.kind == TYPE_TUPLE ? n->type.count : 1;
    operand_list operands = {.w = w};
    arg *args = ARENA_ARRAY(w->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) {
        arg_each(&n->args[i], collect, &operands);
        args[i] = arg_map(w->b->graph, &n->args[i], w->map);
    }
    vmap_stage s = {.b = w->b,
                    .source = w->source,
                    .call = n,
                    .args = args,
                    .batched = operands.batched.data,
                    .size = w->size,
                    .result = NO_VALUE,
                    .out = ARENA_ARRAY(w->scratch, bool, parts + 1u),
                    .body = body_of,
                    .inlined = inline_of,
                    .state = w};
    const cot_status status = hooks->vmap(&s);
    if (status) return builder_failed(w->b, status), w->b->status;
    w->map[v] = s.result;
    w->batched[v] = n->type.kind == TYPE_TUPLE || s.out[0];
    if (n->type.kind == TYPE_TUPLE) w->parts[v] = s.out;
    return w->b->status;
}
