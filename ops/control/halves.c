/* SPDX-License-Identifier: MIT
 * halves.c — what the body of a call keeps for its backward: its joint split in two by the same minimum cut as a
 * program, and the forward's body as one that also gives what is kept. */
#include "ops/control/control.h"

/* Which input of the body input i of source is, by name; the number of inputs where it is none. */
static uint32_t body_input(const control_halves *h, uint32_t i) {
    const value v = graph_find(h->joint, graph_node(h->source, h->source->inputs.data[i])->name);
    uint32_t k = 0;
    while (k < h->body->inputs.count && h->joint->inputs.data[k] != v) k++;
    return k;
}

/* Tensors can be kept, but not those whose sizes another run of the body need not share. */
static bool can_keep(const joint_stage *s, const control_halves *h) {
    for (uint32_t i = 0; i < h->num_inputs; i++) {
        if (body_input(h, i) != h->body->inputs.count) continue;
        const type *t = graph_type(h->source, h->source->inputs.data[i]);
        if (t->kind != TYPE_TENSOR) return false;
        for (uint32_t k = 0; k < t->ndim; k++)
            if (control_is_unbacked(s->b->graph, t->sizes[k])) return false;
    }
    return true;
}

static void use_source(control_halves *h, const cot_graph *source) {
    h->source = source;
    h->num_inputs = source->inputs.count - h->num_tangents;
}

bool control_is_dear(const cot_graph *body) {
    bool dear = false;
    for (value v = 0; v < body->nodes.count; v++)
        dear |= (graph_node(body, v)->op->traits & (OP_EXPENSIVE | OP_CONTROL)) != 0;
    return dear;
}

cot_status control_halve(joint_stage *s, const cot_graph *body, const bool *needs, const bool *tangents, bool split,
                         control_halves *h) {
    cot_graph *joint;
    TRY(s->body(s, body, needs, tangents, &joint));
    *h = (control_halves){.body = body, .joint = joint, .forward = body, .num_tangents = joint->num_tangents};
    const cot_graph *forward = NULL, *backward = NULL;
    if (split) TRY(s->split(s, joint, &forward, &backward));
    use_source(h, backward ? backward : joint);
    if (backward && can_keep(s, h)) h->forward = forward;
    else use_source(h, joint);
    h->input = ARENA_ARRAY(s->b->graph->arena, uint32_t, h->num_inputs);
    for (uint32_t i = 0; i < h->num_inputs; i++) h->input[i] = body_input(h, i);
    return COT_OK;
}

bool control_is_kept(const control_halves *h, uint32_t i) { return h->input[i] == h->body->inputs.count; }

bool control_reads(const control_halves *h, uint32_t input) {
    for (uint32_t i = 0; i < h->num_inputs; i++)
        if (h->input[i] == input) return true;
    return false;
}

cot_graph *control_keep(joint_stage *s, const control_halves *h, uint32_t num_outputs, uint32_t first_kept,
                        uint32_t *part, arg_list *outputs) {
    cot_graph *g = s->b->graph, *body = graph_copy(h->forward, g->parent ? g->parent : g);
    arg_list leaves = {0};
    arg_leaves(g->arena, &body->output, &leaves);
    for (uint32_t i = 0; i < num_outputs; i++) *VEC_PUSH(g->arena, outputs) = leaves.data[i];
    for (uint32_t i = 0; i < h->num_inputs; i++) {
        if (!control_is_kept(h, i)) continue;
        const value kept = graph_find(body, graph_node(h->source, h->source->inputs.data[i])->name);
        part[i] = first_kept; /* given anyway? */
        while (part[i] < num_outputs && arg_as_value(&outputs->data[part[i]]) != kept) part[i]++;
        if (part[i] < num_outputs) continue;
        part[i] = outputs->count;
        *VEC_PUSH(g->arena, outputs) = arg_value(kept);
    }
    return body;
}

void control_rename_body(joint_stage *s, value attribute, cot_graph *body, const arg_list *outputs, const char *stem) {
    cot_graph *g = s->b->graph;
    body->output = (arg){.kind = ARG_TUPLE, .list = outputs->data, .count = outputs->count};
    body->num_user_outputs = outputs->count;
    body->num_saved = 0;
    body->aliases = ARENA_ARRAY(g->arena, output_alias, outputs->count); /* a body's outputs alias nothing */
    body->user_output = NULL;
    const char *name = graph_child_name(g, stem);
    body->class_name = name;
    graph_add_child(g, name, body);
    g->nodes.data[attribute].target = name;
}

void control_change_body(joint_stage *s, uint32_t argument, cot_graph *body, const arg_list *outputs,
                         const char *stem) {
    control_rename_body(s, graph_node(s->b->graph, s->result)->args[argument].value, body, outputs, stem);
}

value control_part(joint_stage *s, uint32_t part) {
    const uint32_t flags = s->b->flags;
    s->b->flags &= ~(uint32_t)NODE_BACKWARD; /* a part of the forward call is a forward value */
    const value v = emit_get(s->b, s->result, part);
    s->b->flags = flags;
    return v;
}
