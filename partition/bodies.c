/* SPDX-License-Identifier: MIT
 * bodies.c — repeated bodies, partitioned once and called many times (ISG-07 … ISG-09).
 *
 * In the joint graph a call of a body and its derivative are a pair with one number: the forward call runs the body,
 * the backward call runs the body's joint on the same operands and the tangents. Each distinct joint is split here,
 * once; then every forward call also returns what its own backward call needs, and the backward call takes that.
 * Operands that the backward needs are handed to it directly under the runtime cost model; the reference returns them
 * from the call. */
#include "partition/analysis.h"
#include <string.h>

typedef struct saved_source {
    bool is_operand;
    uint32_t index; /* of the operand, or of the result of the forward call */
} saved_source;

typedef struct body_pair {
    const cot_graph *joint;
    cot_graph *forward, *backward;
    const char *forward_name, *backward_name;
    saved_source *saved; /* for each input of the backward that is no tangent */
    uint32_t num_saved;
} body_pair;

typedef struct rewriter {
    const cot_graph *joint;
    const partition_options *options;
    uint32_t *released;
    cot_graph *out;
    builder b;
    arena *scratch;
    VEC(body_pair) pairs;
    uint32_t *pair_of_call; /* by call number: index in pairs + 1, 0 without backward */
    value *forward_call;    /* by call number: the new forward call */
    value *map;
    uint32_t next_getitem;
} rewriter;

static bool is_body_call(const node *n) {
    return n->call && n->op->record && n->op->record->control && n->op->record->control->calls;
}

static const cot_graph *body_of(const cot_graph *g, const node *n) {
    const node *attr = graph_node(g, arg_as_value(&n->args[0]));
    return graph_child(g, attr->target);
}

static type result_type(arena *a, const cot_graph *body) {
    arg_list leaves = {0};
    arg_leaves(a, &body->output, &leaves);
    type *parts = ARENA_ARRAY(a, type, leaves.count);
    for (uint32_t i = 0; i < leaves.count; i++) parts[i] = *graph_type(body, arg_as_value(&leaves.data[i]));
    return type_tuple(a, parts, leaves.count);
}

/* "subgraph_0_0" of the backward call's identifier "bw_subgraph_0_0". */
static const char *stem(const node *backward) {
    const char *id = backward->nargs > 1 && backward->args[1].kind == ARG_STRING ? backward->args[1].s : "subgraph";
    return strncmp(id, "bw_", 3) ? id : id + 3;
}

static void find_sources(rewriter *r, body_pair *p) {
    const cot_graph *f = p->forward, *b = p->backward;
    arg_list outputs = {0};
    arg_leaves(r->scratch, &f->output, &outputs);
    value *position = ARENA_ARRAY(r->scratch, value, f->nodes.count);
    for (uint32_t v = 0; v < f->nodes.count; v++) position[v] = NO_VALUE;
    for (uint32_t i = outputs.count - f->num_saved; i < outputs.count; i++)
        if (outputs.data[i].kind == ARG_VALUE) position[outputs.data[i].value] = i;
    p->num_saved = b->inputs.count - b->num_tangents;
    p->saved = ARENA_ARRAY(r->scratch, saved_source, p->num_saved);
    for (uint32_t i = 0; i < p->num_saved; i++) {
        const value v = graph_find(f, graph_node(b, b->inputs.data[i])->name);
        p->saved[i].is_operand = position[v] == NO_VALUE; /* then it is an input of the body: inputs come first */
        p->saved[i].index = position[v] == NO_VALUE ? v : position[v];
        for (uint32_t k = 0; position[v] == NO_VALUE && k < f->inputs.count; k++)
            if (f->inputs.data[k] == v) p->saved[i].index = k;
    }
}

static cot_status find_pairs(rewriter *r, uint32_t num_calls, cot_error *error) {
    const cot_graph *j = r->joint;
    r->pair_of_call = ARENA_ARRAY(r->scratch, uint32_t, num_calls + 1u);
    r->forward_call = ARENA_ARRAY(r->scratch, value, num_calls + 1u);
    for (value v = 0; v < j->nodes.count; v++) {
        const node *n = graph_node(j, v);
        if (!is_body_call(n) || !(n->flags & NODE_BACKWARD)) continue;
        const cot_graph *body = body_of(j, n);
        uint32_t k = 0;
        while (k < r->pairs.count && r->pairs.data[k].joint != body) k++;
        if (k == r->pairs.count) {
            body_pair *p = VEC_PUSH(r->scratch, &r->pairs);
            p->joint = body;
            p->forward_name = arena_printf(r->out->arena, "partitioned_fw_%s", stem(n));
            p->backward_name = arena_printf(r->out->arena, "partitioned_bw_%s", stem(n));
            TRY(partition_one(body, r->options, true, r->out, &p->forward, &p->backward, r->released, error));
            graph_add_child(r->out, p->forward_name, p->forward);
            graph_add_child(r->out, p->backward_name, p->backward);
            find_sources(r, p);
        }
        r->pair_of_call[n->call] = k + 1;
    }
    return COT_OK;
}

static value emit_call(rewriter *r, const node *old, const char *name, cot_graph *body, const arg *operands,
                       uint32_t count) {
    arg *args = ARENA_ARRAY(r->out->arena, arg, count + 2u);
    args[0] = arg_value(emit_get_attr(&r->b, name, body));
    args[1] = arg_string(name);
    for (uint32_t i = 0; i < count; i++) args[i + 2] = operands[i];
    const type t = result_type(r->out->arena, body);
    const value v = emit_raw(&r->b, old->op, args, count + 2, &t, old->op->packet);
    if (v != NO_VALUE) r->out->nodes.data[v].call = old->call;
    return v;
}

static void rewrite_forward(rewriter *r, value v, const body_pair *p) {
    const node *n = graph_node(r->joint, v);
    arg *operands = ARENA_ARRAY(r->scratch, arg, n->nargs);
    for (uint32_t i = 2; i < n->nargs; i++) operands[i - 2] = arg_map(r->out, &n->args[i], r->map);
    r->map[v] = r->forward_call[n->call] = emit_call(r, n, p->forward_name, p->forward, operands, n->nargs - 2u);
}

static value saved_result(rewriter *r, value call, uint32_t index) {
    const arg args[2] = {arg_value(call), arg_int(index)};
    const type *t = graph_type(r->out, call);
    return emit_raw(&r->b, op_getitem(r->out->ctx), args, 2, &t->parts[index],
                    arena_printf(r->scratch, "getitem_%u", ++r->next_getitem));
}

static void rewrite_backward(rewriter *r, value v, const body_pair *p) {
    const node *n = graph_node(r->joint, v);
    const uint32_t num_operands = p->forward->inputs.count, num_tangents = p->backward->num_tangents;
    arg *operands = ARENA_ARRAY(r->scratch, arg, p->num_saved + num_tangents);
    const node forward = r->out->nodes.data[r->forward_call[n->call]];
    r->b.flags = forward.flags & NODE_POLICY; /* a part of the forward call is a forward value */
    r->b.checkpoint = forward.checkpoint;
    for (uint32_t i = 0; i < p->num_saved; i++)
        operands[i] = p->saved[i].is_operand ? arg_map(r->out, &n->args[2 + p->saved[i].index], r->map)
                                             : arg_value(saved_result(r, r->forward_call[n->call], p->saved[i].index));
    r->b.flags = n->flags;
    r->b.checkpoint = n->checkpoint;
    for (uint32_t i = 0; i < num_tangents; i++)
        operands[p->num_saved + i] = arg_map(r->out, &n->args[2 + num_operands + i], r->map);
    r->map[v] = emit_call(r, n, p->backward_name, p->backward, operands, p->num_saved + num_tangents);
}

/* A gradient of a body is result (outputs of the body + k) of the joint, result k of the partitioned backward. */
static void rewrite_part(rewriter *r, value v) {
    const node *n = graph_node(r->joint, v), *call = graph_node(r->joint, arg_as_value(&n->args[0]));
    const body_pair *p = &r->pairs.data[r->pair_of_call[call->call] - 1];
    const uint32_t skip = p->joint->num_user_outputs, index = (uint32_t)arg_as_int(&n->args[1], 0);
    r->map[v] = graph_copy_node(r->out, r->joint, v, r->map);
    arg *args = arena_copy(r->out->arena, r->out->nodes.data[r->map[v]].args, 2 * sizeof(arg));
    args[1] = arg_int(index - skip);
    r->out->nodes.data[r->map[v]].args = args;
}

static void rewrite_node(rewriter *r, value v) {
    const node *n = graph_node(r->joint, v);
    const body_pair *p =
        is_body_call(n) && r->pair_of_call[n->call] ? &r->pairs.data[r->pair_of_call[n->call] - 1] : NULL;
    r->b.flags = n->flags;
    r->b.checkpoint = n->checkpoint;
    if (p && n->flags & NODE_BACKWARD) {
        rewrite_backward(r, v, p);
        return;
    }
    if (p) {
        rewrite_forward(r, v, p);
        return;
    }
    if (n->op->kind == OP_GETITEM && n->args[0].kind == ARG_VALUE) {
        const node *call = graph_node(r->joint, n->args[0].value);
        if (is_body_call(call) && call->flags & NODE_BACKWARD) {
            rewrite_part(r, v);
            return;
        }
    }
    r->map[v] = graph_copy_node(r->out, r->joint, v, r->map);
    if (n->forward != NO_VALUE) r->out->nodes.data[r->map[v]].forward = r->map[n->forward];
    if (n->op->kind == OP_PLACEHOLDER) *VEC_PUSH(r->out->arena, &r->out->inputs) = r->map[v];
}

cot_status partition_bodies(const cot_graph *joint, const partition_options *options, cot_graph **out,
                            uint32_t *released, cot_error *error) {
    uint32_t num_calls = 0;
    bool any = false;
    for (value v = 0; v < joint->nodes.count; v++) {
        num_calls = MAX(num_calls, graph_node(joint, v)->call);
        any |= is_body_call(graph_node(joint, v)) && graph_node(joint, v)->flags & NODE_BACKWARD;
    }
    if (!any) {
        *out = NULL;
        return COT_OK;
    }
    rewriter r = {.joint = joint, .options = options, .released = released, .scratch = arena_create(joint->ctx)};
    r.out = graph_create(joint->ctx, joint->class_name);
    builder_init(&r.b, r.out, error);
    const uint32_t last = map_get(&joint->suffixes, "getitem");
    r.next_getitem = last == MAP_NONE ? 0 : last;
    graph_copy_facts(r.out, joint);
    graph_copy_outputs(r.out, joint);
    TRY(find_pairs(&r, num_calls, error));
    graph_copy_children(r.out, joint);
    r.map = ARENA_ARRAY(r.scratch, value, joint->nodes.count);
    for (value v = 0; v < joint->nodes.count; v++) rewrite_node(&r, v);
    TRY(r.b.status);
    r.out->output = arg_map(r.out, &joint->output, r.map);
    for (uint32_t i = 0; i < joint->input_specs.count; i++) {
        input_spec spec = joint->input_specs.data[i];
        spec.node = r.map[spec.node];
        *VEC_PUSH(r.out->arena, &r.out->input_specs) = spec;
    }
    r.out->is_joint = joint->is_joint;
    r.out->num_tangents = joint->num_tangents;
    r.out->tangent_outputs = joint->tangent_outputs; /* both live until partition returns */
    arena_destroy(r.scratch);
    *out = r.out;
    return COT_OK;
}
