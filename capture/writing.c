/* SPDX-License-Identifier: MIT
 * writing.c — the public builder inside a pass, and what hooks of the caller's may ask of the bodies of their call:
 * their nodes, and those of their derivatives, in the place where they are wanted. */
#include "capture/writing.h"

#include "base/error.h"

cot_builder *writing_begin(builder *b) {
    cot_builder *w = builder_start(b->graph, NULL);
    w->b = *b;
    w->b.error = &w->error;
    return w;
}

cot_status writing_end(cot_builder *w, builder *b, cot_status status, const char *who) {
    cot_error *error = b->error;
    const cot_status failed = w->b.status;
    w->b.status = COT_OK;
    *b = w->b;
    b->error = error;
    if (failed) {
        if (error) *error = w->error;
        return b->status = failed;
    }
    return status ? builder_fail(b, status, "%s: its hook failed", who) : COT_OK;
}

/* ---- bodies in place -----------------------------------------------------------------------------------------------
 */

static cot_graph *root_of(cot_graph *g) {
    while (g->parent) g = g->parent;
    return g;
}

static value copy_attribute(builder *b, const cot_graph *from, const node *n) {
    const char *path = n->target ? n->target : n->name;
    cot_graph *body = graph_child(from, path);
    if (!body) return emit_get_attr(b, path, NULL);
    const char *name = graph_child_name(b->graph, arena_printf(b->graph->arena, "%s_", path));
    return emit_get_attr(b, name, graph_copy(body, root_of(b->graph)));
}

static value copy_call(builder *b, const cot_graph *from, value v, const value *map) {
    const value out = graph_copy_node(b->graph, from, v, map);
    node *n = &b->graph->nodes.data[out];
    n->flags |= b->flags;
    n->forward = b->forward;
    n->stream = node_stream(graph_node(from, v)); /* a derivative that computes it again draws the same numbers */
    n->call = 0;
    return out;
}

/* The nodes of a graph, its inputs replaced: gives the leaves of its output. */
static void copy_body(cot_builder *b, const cot_graph *from, const value *inputs, arg_list *leaves) {
    cot_graph *g = b->b.graph;
    value *map = ARENA_ARRAY(g->arena, value, from->nodes.count);
    for (uint32_t i = 0; i < from->inputs.count; i++) map[from->inputs.data[i]] = inputs[i];
    for (value v = 0; v < from->nodes.count && !b->b.status; v++) {
        const node *n = graph_node(from, v);
        if (n->op->kind == OP_PLACEHOLDER) continue;
        map[v] = n->op->kind == OP_GET_ATTR ? copy_attribute(&b->b, from, n) : copy_call(&b->b, from, v, map);
    }
    if (b->b.status) return;
    const arg output = arg_map(g, &from->output, map);
    arg_leaves(g->arena, &output, leaves);
}

static cot_value public_tuple(cot_builder *b, const arg *items, uint32_t count) {
    cot_value *values = ARENA_ARRAY(b->b.graph->arena, cot_value, count);
    for (uint32_t i = 0; i < count; i++)
        values[i] = items[i].kind == ARG_NONE ? value_handle(b, (handle){.kind = HANDLE_NONE})
                                              : value_of_argument(b, &items[i]);
    return value_handle(b, (handle){.kind = HANDLE_TUPLE, .count = count, .items = values});
}

/* The body's inputs as values of b's graph; NULL, and b fails, where there is no such body. */
static value *body_inputs(cot_builder *b, const cot_control_call *c, uint32_t index, const cot_value *operands,
                          uint32_t more) {
    const control_bodies *bodies = c->internal;
    if (index >= bodies->count) {
        builder_fail(&b->b, COT_INVALID, "the call has no body %u", index);
        return NULL;
    }
    value *inputs = ARENA_ARRAY(b->b.graph->arena, value, c->num_operands + c->num_captured + more);
    for (uint32_t i = 0; i < c->num_operands; i++) inputs[i] = value_resolve(b, operands[i]);
    for (uint32_t i = 0; i < c->num_captured; i++) inputs[c->num_operands + i] = value_resolve(b, c->captured[i]);
    return b->b.status ? NULL : inputs;
}

cot_value cot_control_body(cot_builder *b, const cot_control_call *call, uint32_t index, const cot_value *operands) {
    GUARDED(b, COT_NO_VALUE);
    const control_bodies *bodies = call->internal;
    const value *inputs = builder_in_scope(b) ? body_inputs(b, call, index, operands, 0) : NULL;
    arg_list leaves = {0};
    if (inputs) copy_body(b, bodies->graphs[index], inputs, &leaves);
    const cot_value v = b->b.status ? COT_NO_VALUE : public_tuple(b, leaves.data, leaves.count);
    UNGUARDED();
    return v;
}

/* The joint of a body for all gradients that there can be. */
static cot_graph *joint_of(cot_builder *b, const control_bodies *bodies, uint32_t index, const bool *tangents) {
    const cot_graph *body = bodies->graphs[index];
    bool *needs = ARENA_ARRAY(b->b.graph->arena, bool, body->inputs.count);
    for (uint32_t i = 0; i < body->inputs.count; i++)
        needs[i] = control_is_float(graph_type(body, body->inputs.data[i]));
    cot_graph *joint = NULL;
    joint_stage *s = bodies->joint;
    const cot_status status = s->body(s, body, needs, tangents, &joint);
    if (status && s->b->error) b->error = *s->b->error;
    if (status) builder_failed(&b->b, status);
    return joint;
}

static cot_value vjp(cot_builder *b, const cot_control_call *c, uint32_t index, const cot_value *operands,
                     const cot_value *tangents) {
    const control_bodies *bodies = c->internal;
    arena *a = b->b.graph->arena;
    arg_list outputs = {0}, leaves = {0};
    if (index < bodies->count) arg_leaves(a, &bodies->graphs[index]->output, &outputs);
    value *inputs = body_inputs(b, c, index, operands, outputs.count);
    if (!inputs) return COT_NO_VALUE;
    bool *given = ARENA_ARRAY(a, bool, outputs.count);
    uint32_t n = c->num_operands + c->num_captured;
    const uint32_t num_inputs = n;
    for (uint32_t i = 0; i < outputs.count; i++) {
        const handle *h = leaf_handle(b, tangents[i]);
        given[i] = h && h->kind == HANDLE_VALUE && outputs.data[i].kind == ARG_VALUE;
        if (given[i]) inputs[n++] = value_resolve(b, tangents[i]);
    }
    const cot_graph *joint = b->b.status ? NULL : joint_of(b, bodies, index, given);
    if (!joint) return COT_NO_VALUE;
    copy_body(b, joint, inputs, &leaves);
    return b->b.status ? COT_NO_VALUE : public_tuple(b, leaves.data + outputs.count, num_inputs);
}

cot_value cot_control_vjp(cot_builder *b, const cot_control_call *call, uint32_t index, const cot_value *operands,
                          const cot_value *tangents) {
    GUARDED(b, COT_NO_VALUE);
    cot_value v = COT_NO_VALUE;
    if (!((const control_bodies *)call->internal)->joint)
        builder_fail(&b->b, COT_INVALID, "cot_control_vjp: a call has derivatives in its joint hook only");
    else if (builder_in_scope(b)) v = vjp(b, call, index, operands, tangents);
    UNGUARDED();
    return v;
}

const cot_argument *cot_control_option(const cot_control_call *call, const char *keyword) {
    for (uint32_t i = 0; i < call->num_options; i++)
        if (!strcmp(call->options[i].keyword, keyword)) return &call->options[i];
    return NULL;
}
